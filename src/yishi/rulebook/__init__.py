"""Rule files: loaded, checked, digested, compared."""
