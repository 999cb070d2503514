"""Turns a folder of source documents into an annotated, citable, searchable static site.

The line, one module a stage: read → structure → annotate → anchor (ledger) → index → pages → site.
"""

__version__ = "0.1.0"
