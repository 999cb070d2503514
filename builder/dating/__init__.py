"""How dates are found, resolved, stated and shown; all are EDTF strings."""
