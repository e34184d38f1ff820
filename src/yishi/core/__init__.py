"""What is right: pure decisions, standard library only; no clock, randomness, input, output."""
