"""Tests of Yishi."""
