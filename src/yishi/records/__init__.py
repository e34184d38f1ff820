"""The one Django app: what is remembered. It decides nothing."""
