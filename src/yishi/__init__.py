"""Yishi 议事: neighbourhood casework and deliberation."""
