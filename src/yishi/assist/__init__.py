"""Suggests, never decides: from words to items, similar matters, a reply that answers. Pure."""
