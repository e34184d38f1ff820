"""The acts, through the door, on both databases."""
