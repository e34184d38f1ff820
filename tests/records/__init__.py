"""What is kept, and what queries find of it."""
