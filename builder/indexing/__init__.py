"""What the index is assembled from: measures, events, and what appears together."""
