"""A vote by roll: who may vote, by which ways, in secret or not, and what it comes to."""
