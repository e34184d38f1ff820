"""Appointments: given, ended, handed over, loaded from a list. A role is a post with a term."""

from yishi.acts.appointment.giving import Offer, end, give
from yishi.acts.appointment.listed import load
from yishi.acts.appointment.passing import hand_over

__all__ = ["Offer", "end", "give", "hand_over", "load"]
