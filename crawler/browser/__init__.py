"""Pages whose content is put in by scripts: asked for once more in a browser, by need and within limits."""
