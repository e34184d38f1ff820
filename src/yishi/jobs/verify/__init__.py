"""Is the record what was acted? The published log, the entries, every sealed row, the files."""
