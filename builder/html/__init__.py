"""How pages are made: escaping, weaving marks into blocks, one module per kind of page."""
