"""Kind ``messages``: quiet hours, digest, retries, the morning's message, channels by default."""

from __future__ import annotations

from datetime import timedelta

from yishi.core.message import REMINDER_MOST, MessageChannel, MessageRules
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import WRONG_ORDER, At
from yishi.rulebook.schema import HEADER, Clock, ListOf, Number, Table, Words

DAY_MINUTES = 24 * 60
HOUR = timedelta(hours=1)
TEMPLATES = ListOf(Words(longest=40), may_be_empty=True)
FILE = Table(
    {
        **HEADER,
        "quiet": Table({"from": Clock(), "to": Clock(), "source": Words()}),
        "digest": Table({"most": Number(1, 100), "minutes": Number(1, DAY_MINUTES)}),
        "retry_minutes": Number(1, 7 * DAY_MINUTES),
        "morning": Table({"at": Clock(), "source": Words()}),
        # Since version 2.
        "vote_reminder_hours": Number(1, REMINDER_MOST // HOUR, optional=True),
        "templates": Table({"at_any_hour": TEMPLATES}),
        "by_default": Table({channel.value: TEMPLATES for channel in MessageChannel}),
    }
)


def message_rules(bundle: Bundle) -> MessageRules:
    """The rules of a bundle. Raises RuleFileError, also for a morning in the quiet hours."""
    at = At(bundle.file)
    data = FILE.check(bundle.data, at)
    quiet, morning = data["quiet"], data["morning"]["at"]
    reminder = data.get("vote_reminder_hours")
    if quiet["from"] == quiet["to"]:
        raise at.under("quiet").under("to").error(WRONG_ORDER, str(quiet["to"]))
    rules = MessageRules(
        id=data["id"],
        version=data["version"],
        quiet_from=quiet["from"],
        quiet_to=quiet["to"],
        most=data["digest"]["most"].value,
        within=timedelta(minutes=data["digest"]["minutes"].value),
        longest_wait=timedelta(minutes=data["retry_minutes"].value),
        morning=morning,
        at_any_hour=frozenset(data["templates"]["at_any_hour"]),
        by_default={c: frozenset(data["by_default"][c.value]) for c in MessageChannel},
        vote_reminder=reminder.value * HOUR if reminder else None,
    )
    if rules.is_quiet(morning):
        raise at.under("morning").under("at").error(WRONG_ORDER, str(morning))
    return rules
