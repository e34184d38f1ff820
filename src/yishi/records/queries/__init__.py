"""The only way to an object: every query takes the actor."""
