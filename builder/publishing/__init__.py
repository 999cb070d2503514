"""How a site comes to stand: writing, rendering, search, exchange, the copy for disk, checks."""
