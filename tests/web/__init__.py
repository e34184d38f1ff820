"""Pages and forms, by Django's own client."""
