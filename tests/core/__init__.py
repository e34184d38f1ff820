"""Tests of what is right."""
