"""What a browser shows, looked at."""
