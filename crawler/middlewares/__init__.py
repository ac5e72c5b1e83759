"""Between the spider and the site: who we are, when to wait, what need not be asked for again."""
