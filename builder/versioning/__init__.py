"""Versions of a source on disk: what is on record of them, and where their bytes still are."""
