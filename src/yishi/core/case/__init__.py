"""A case from filing to archive: fixed transitions, numbers as data. Source: norms.md §1."""
