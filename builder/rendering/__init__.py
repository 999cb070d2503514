"""Renders the site: the theme once for every shape of page, everything else filled in."""
