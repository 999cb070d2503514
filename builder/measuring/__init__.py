"""What a measure is made of: words, rules, the reading of its file, the proof of its examples."""
