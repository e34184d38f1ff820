"""What is done to a project of a round: costed, decided, paid for, built, accepted, settled."""
