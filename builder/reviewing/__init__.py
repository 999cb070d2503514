"""The editor's desk: candidates, what editors decided on them, and what that changes."""
