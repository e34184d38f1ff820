"""The line to a higher system: who is on it, what came in, what went back."""
