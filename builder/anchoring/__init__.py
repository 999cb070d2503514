"""The flow around the ledger: which document a source is, what is settled, what was published."""
