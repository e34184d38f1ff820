"""CPU time and SQL statements a request, at three sizes, with growth."""
