"""Queues in words: what is mine to do, and what to read where nothing is."""

from django.utils.translation import gettext as _


def say_queue(code: str) -> str:
    """The name of a queue; the code where it has none."""
    return {
        "grid_new": _("New in my grid"),
        "grid_due": _("Due today in my grid"),
        "grid_check": _("To check on the spot"),
        "grid_answer": _("To answer"),
        "desk_due": _("Due today"),
        "desk_topics": _("Topics to answer"),
        "desk_check": _("To check"),
        "desk_answer": _("To answer"),
        "to_dispatch": _("To dispatch"),
        "waiting": _("Waiting for a calendar"),
        "check": _("To check"),
        "to_review": _("Texts to review before publishing"),
        "to_sign": _("To sign for"),
        "to_contact": _("Residents to contact"),
        "to_submit": _("Being handled by us"),
        "to_answer": _("To answer"),
        "orders": _("Supervisory orders to answer"),
        "to_call": _("To call back"),
        "late": _("Late now"),
        "twice": _("Dissatisfied twice"),
        "orders_open": _("Orders without an answer"),
        "officer_review": _("Texts to review before publishing"),
        "leader_late": _("Late now"),
        "to_sign_off": _("Texts to sign off"),
    }.get(code, code)
