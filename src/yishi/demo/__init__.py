"""An invented district that a newcomer can walk through: written by us, told through the acts."""
