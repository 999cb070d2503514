"""How names are found: known names in one pass, patterns for unknown ones, short forms."""
