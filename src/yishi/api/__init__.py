"""The signed interface for other systems: plain views, JSON in and out, no session, no cookie."""
