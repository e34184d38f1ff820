"""Counts by arrays what people compare: pure, exact, the same as `core` says case by case."""
