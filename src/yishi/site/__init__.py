"""Settings, addresses and the WSGI entrance: the roof that knows every room."""
