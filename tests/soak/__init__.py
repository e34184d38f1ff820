"""Kill people's acts in the middle, many times, and count what was promised."""
