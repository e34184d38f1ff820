"""The Merkle log: pure."""
