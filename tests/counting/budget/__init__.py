"""Tests of choosing projects within a budget."""
