"""Identity of what a story says. (The id of a story is the business of ``urls``.)"""
