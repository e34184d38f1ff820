"""From a rule file to the values core decides with: one module per kind of rule file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from yishi.rulebook.kinds.calendar import year_of
from yishi.rulebook.kinds.casework import case_rules
from yishi.rulebook.kinds.channels import channels_of
from yishi.rulebook.kinds.duties import duty_rows
from yishi.rulebook.kinds.floors import floors_of
from yishi.rulebook.kinds.hours import office_hours, work_hours
from yishi.rulebook.kinds.instant import instant_rules
from yishi.rulebook.kinds.mapping import column_map
from yishi.rulebook.kinds.meetings import meeting_rules
from yishi.rulebook.kinds.messages import message_rules
from yishi.rulebook.kinds.methods import method_of
from yishi.rulebook.kinds.rates import rate_rules
from yishi.rulebook.kinds.redaction import redaction_of
from yishi.rulebook.kinds.sheets import case_sheets
from yishi.rulebook.kinds.similar import similar_rules
from yishi.rulebook.kinds.voices import voice_rules
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import NOT_ALLOWED, RuleFileError

KINDS: Mapping[str, Callable[[Bundle], Any]] = {
    "calendar": year_of,
    "casework": case_rules,
    "channels": channels_of,
    "duties": duty_rows,
    "floors": floors_of,
    "hours": work_hours,
    "instant": instant_rules,
    "law": floors_of,
    "mapping": column_map,
    "meetings": meeting_rules,
    "messages": message_rules,
    "methods": method_of,
    "rates": rate_rules,
    "redaction": redaction_of,
    "sheets": case_sheets,
    "similar": similar_rules,
    "voices": voice_rules,
}


def parse(bundle: Bundle) -> Any:
    """The core value of any bundle, by its kind. Raises RuleFileError.

    calendar → Year, casework → CaseRules, channels → tuple of Channel, duties → tuple of
    DutyRow, floors and law → Floors, hours → WorkHours, instant → InstantRules, mapping →
    ColumnMap, meetings → MeetingRules, messages → MessageRules, methods → Method, rates →
    RateRules, redaction → Redaction, sheets → tuple of CaseSheet, similar → SimilarRules,
    voices → VoiceRules.
    """
    if bundle.kind not in KINDS:
        raise RuleFileError(bundle.file, "kind", NOT_ALLOWED, tuple(KINDS), bundle.kind)
    return KINDS[bundle.kind](bundle)


__all__ = [
    "KINDS",
    "case_rules",
    "case_sheets",
    "channels_of",
    "column_map",
    "duty_rows",
    "floors_of",
    "instant_rules",
    "meeting_rules",
    "message_rules",
    "method_of",
    "office_hours",
    "parse",
    "rate_rules",
    "redaction_of",
    "similar_rules",
    "voice_rules",
    "work_hours",
    "year_of",
]
