"""A round of small works: its money, the wishes put forward in it, their screening, its stages."""
