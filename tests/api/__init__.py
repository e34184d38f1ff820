"""Tests of the signed interface for other systems."""
