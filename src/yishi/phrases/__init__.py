"""Refusal and event codes put into sentences, in both languages."""
