"""Tags that the templates of the house share."""
