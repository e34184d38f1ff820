"""The demo: its files, its promises on four days, and that it is told the same twice."""
