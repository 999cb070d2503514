"""Aligns the passages of a document with the records of its ledger."""
