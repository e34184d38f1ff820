"""A meeting: called, sat down to, counted, and what came of each item."""
