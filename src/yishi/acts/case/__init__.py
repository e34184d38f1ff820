"""What staff do with a case, a file for each stretch of its way."""
