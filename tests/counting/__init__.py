"""Tests of what is counted by arrays."""
