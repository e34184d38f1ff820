"""Pages: parse, call one act or one query, show."""
