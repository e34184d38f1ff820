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
        "returns": _("Returns to decide on"),
        "requests": _("Extensions and suspensions to decide on"),
        "check": _("To check"),
        "to_review": _("Texts to review before publishing"),
        "to_sign": _("To sign for"),
        "to_contact": _("Residents to contact"),
        "to_submit": _("Being handled by us"),
        "to_answer": _("To answer"),
        "given_back": _("Returned by us, or in dispute"),
        "orders": _("Supervisory orders to answer"),
        "to_call": _("To call back"),
        "to_rule": _("Disputes to rule on"),
        "amended": _("Amendments proposed by rulings"),
        "late": _("Late now"),
        "twice": _("Dissatisfied twice"),
        "returned_twice": _("Asked to be returned twice or more"),
        "overridden": _("Done while a co-handler was at work"),
        "to_look": _("Drawn by lot, to look at"),
        "objections": _("Contested by residents"),
        "to_approve": _("Instant answers to approve"),
        "listed_late": _("Late on the dated list"),
        "listed_done": _("Reported done, to be looked at"),
        "listed_owed": _("On the dated list, ours"),
        "opinions_owed": _("Opinions of the committee to reply to"),
        "opinions_open": _("Opinions without a reply"),
        "orders_open": _("Orders without an answer"),
        "officer_review": _("Texts to review before publishing"),
        "leader_late": _("Late now"),
        "to_sign_off": _("Texts to sign off"),
    }.get(code, code)
