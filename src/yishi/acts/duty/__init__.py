"""The responsibility list: loaded whole, and amended by what rulings taught."""

from yishi.acts.duty.amending import amend, drop, made_of
from yishi.acts.duty.loading import bodies_by_name, load, must_fit, unknown_bodies

__all__ = ["amend", "bodies_by_name", "drop", "load", "made_of", "must_fit", "unknown_bodies"]
