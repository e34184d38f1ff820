"""Other engines doing the same six steps, each in a process of its own."""
