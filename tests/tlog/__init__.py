"""The Merkle log, against known vectors and tampering."""
