"""What the index is assembled from: rows of figures, events, and what appears together."""
