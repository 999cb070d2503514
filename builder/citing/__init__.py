"""How a document is cited: its reference, and the formats in which reference managers read it."""
