"""A project of a round: costed, decided, funded, built, accepted, settled, handed over, scored."""
