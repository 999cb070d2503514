"""How figures are found: masks, one grammar of numbers, and what the clause says of each."""
