"""Tests of yishi.site."""
