"""Tests of what suggests."""
