"""What claims are made of: words that say the same, and figures that do."""
