"""What a rule file says, in words: its headings, what each value is, its sources and choices.

Headings and words are found by the key's path in the file (`clocks.sign`), or by its last part.
A test walks the schema of every kind, so that no key is left without words.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.calendar import SpanKind
from yishi.core.caserules import Text
from yishi.core.meeting.now import Form
from yishi.core.meeting.rule import Record
from yishi.core.method.language import Competence
from yishi.core.method.measure import Of
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.phrases.casesheet_fields import say_fields
from yishi.phrases.meeting_form import say_form, say_record
from yishi.phrases.place import say_kind
from yishi.phrases.role import say_role
from yishi.phrases.rule import say_text
from yishi.phrases.span import say_limit

OURS = "ours"
MB = 1_000_000


def say_heading(path: str) -> str:
    """What a part of the file is about; "" for a part without a heading."""
    if path.startswith(("values.", "answer_values.")):
        return _("Their words and ours: %(what)s") % {"what": say_key(path)}
    return {
        "": _("In general"),
        "answers": _("Columns of the answers that go back"),
        "axes": _("What is rated"),
        "bodies": _("What a vote of each body needs"),
        "bodies.quorum": _("How many have to come"),
        "bodies.threshold": _("How many have to agree"),
        "forms": _("The forms of meetings"),
        "bursts": _("When many at once are a hot spot"),
        "by_default": _("What goes out where nobody chose otherwise"),
        "call_back": _("Call-back"),
        "channels": _("Channels"),
        "clocks": _("Time limit of each step"),
        "columns": _("Columns of their table"),
        "course": _("Returning, extending, suspending, merging, splitting"),
        "course.breaches": _("What may be found wrong"),
        "course.suspend": _("Grounds for suspending"),
        "digest": _("One message instead of many"),
        "families": _("Families of channels"),
        "groups": _("Likely the same, put together for the dispatcher"),
        "handle": _("Time limit by nature, where the responsibility list gives none"),
        "kinds": _("Ways of settling"),
        "limits": _("How time limits are read"),
        "limits.units": _("Units of time limits"),
        "matters": _("Whose a matter is to decide"),
        "morning": _("Message of the morning, for staff"),
        "natures": _("Natures of matters"),
        "never_public": _("Never published"),
        "off": _("Days off"),
        "offer": _("Similar matters offered while writing"),
        "patterns": _("What is hidden"),
        "private": _("Shown to no other resident, and not to be joined"),
        "quiet": _("Quiet hours"),
        "reasons": _("Grounds for leaving a rating out"),
        "refuse": _("What is not taken in, and where it goes"),
        "rows": _("Responsibility list"),
        "satisfaction": _("Levels of satisfaction"),
        "sheets": _("Sheets asked for from above"),
        "sheets.columns": _("Columns of the sheet"),
        "sizes": _("How much a form may carry"),
        "templates": _("Which messages"),
        "windows": _("Office hours"),
        "grounds": _("On which ground what was said may be not shown"),
        "most": _("How much one person may say on a plan"),
        "work": _("Days worked instead"),
    }.get(path, "")


def say_key(path: str) -> str:
    """What a value is; "" for a key without words, which is the adopter's own."""
    words = {**_values(), **_columns()}
    return words.get(path, "") or words.get(path.rpartition(".")[2], "")


def _values() -> dict[str, str]:
    return {
        "asked_by": _("Asked for by"),
        "over": _("A matter is in it when this lies in the period"),
        "field": _("Filled with"),
        "head": _("Head of the column"),
        "appeal": _("A unit may appeal against a rating within"),
        "basically": _("How much “basically satisfied” counts"),
        "reach": _("Left out of"),
        "repeat_hours": _(
            "A matter of the same kind in the same community counts as a repeat within hours"
        ),
        "response": _("Weight of the response rate"),
        "satisfied": _("Weight of the satisfaction rate"),
        "solved": _("Weight of the solution rate"),
        "amber": _("Marked as due soon, of the time used"),
        "at": _("At what time"),
        "at_any_hour": _("Sent at any hour"),
        "archive_after": _("Put into the archive after"),
        "bursts.chance": _("Comes about by chance at most so often"),
        "bursts.factor": _("At least so many times the usual"),
        "bursts.history": _("Days before it that say what is usual"),
        "bursts.least": _("At least so many matters"),
        "bursts.window": _("Within days"),
        "call_back.attempts": _("Calls before it is given up"),
        "call_back.order_after": _("Not satisfied so many times: a supervisory order"),
        "clocks.answer": _("Answer"),
        "clocks.call_back": _("Call-back"),
        "clocks.check": _("Checking"),
        "clocks.contact": _("Contact"),
        "clocks.intake": _("Intake"),
        "clocks.order": _("Supervisory order"),
        "clocks.redo": _("Doing again"),
        "clocks.request": _("Deciding on an extension or a suspension"),
        "clocks.return": _("Deciding on a return"),
        "clocks.ruling": _("Ruling on a dispute"),
        "clocks.sign": _("Signing"),
        "clocks.topic": _("Topic answer"),
        "columns.words": _("What was written"),
        "most.comments": _("Comments of one person on a plan, each time it is open"),
        "most.objections": _("Objections of one person to a plan, each time it is on notice"),
        "sizes.text": _("Characters of a plan, charter or covenant"),
        "course.extension_share": _("Longest extension, of the limit before it"),
        "course.extension_times": _("Extensions of a matter"),
        "course.merge_reports": _("Reports one matter may gather"),
        "course.return_window": _("After signing it may be returned within"),
        "course.sample_cases": _("Matters drawn for a check"),
        "course.split_parts": _("Parts of a matter"),
        "course.suspension_longest": _("Longest suspension"),
        "course.suspension_times": _("Suspensions of a matter"),
        "course.urge_every": _("Urged once in"),
        "digest.minutes": _("Within minutes"),
        "digest.most": _("Sendings to one person at most"),
        "early": _("One may sign in so long before"),
        "forms.about": _("What it is for"),
        "forms.advice": _("Needs advice in writing on each item"),
        "forms.again": _("Called again, where too few came, at least so long before"),
        "forms.announced_only": _("Takes up only what was announced"),
        "forms.both_sides": _("Hears both sides on each item"),
        "forms.calls": _("Bodies called each time"),
        "forms.decides": _("Decides"),
        "forms.form": _("Form"),
        "forms.items": _("Needs an agenda"),
        "forms.minutes": _("Minutes due within"),
        "forms.notice": _("Called at least so long before"),
        "forms.record": _("Record"),
        "forms.report": _("Reported back within, at the latest"),
        "forms.scored": _("Is scored by those who come"),
        "forms.signs": _("Signed off by"),
        "bodies.notice": _("Called at least so long before"),
        "email": _("E-mail"),
        "groups.days": _("Raised within days"),
        "groups.likely": _("At least so likely the same"),
        "limits.source": _("Source"),
        "matters.competence": _("Whose to decide"),
        "matters.route": _("What is done instead"),
        "matters.words": _("Words that hint at it"),
        "more_than": _("More than the share"),
        "name_mask": _("A name is shown as"),
        "notice": _("Shortest public notice"),
        "of": _("Share of whom"),
        "offer.days": _("Raised within days"),
        "offer.letters": _("Characters to be written first"),
        "offer.likely": _("At least so likely the same"),
        "offer.most": _("Matters offered at most"),
        "offer.said_by": _("A word is shown where so many matters say it"),
        "private.tells": _("Words that tell it"),
        "reads": _("It reads"),
        "required": _("Must be filled in"),
        "vote_reminder_hours": _(
            "Who has not taken part in a vote is reminded, hours before its end"
        ),
        "retry_minutes": _("Longest wait between two tries, in minutes"),
        "sms": _("SMS"),
        "sample": _("Share drawn for a check"),
        "danger": _("Words that always go to a person"),
        "longest": _("In force at most"),
        "may_answer": _("Natures a text may answer"),
        "silent": _("Closed without a word after"),
        "sizes.answer": _("Characters of an instant answer"),
        "sizes.matter": _("Characters of a matter that a text may answer"),
        "sizes.topic_word": _("Characters of a word of the topic, at least"),
        "sizes.topic_words": _("Words of a topic"),
        "sizes.photo_bytes": _("Size of a photo"),
        "sizes.photo_pixels": _("Pixels of a photo"),
        "sizes.photos": _("Photos"),
        "sizes.words": _("Characters of a text"),
        "strip_brackets": _("Brackets are taken off"),
        "time_format": _("How moments are written"),
        "unknown": _("Read as empty"),
        "unknown_units": _("Units nobody has entered"),
        "urgent": _("Urgent matters"),
        "wecom": _("WeCom"),
    }


def _columns() -> dict[str, str]:
    """What stands in a table: of the file's own lists, or of a table it tells how to read."""
    return {
        "address": _("Exact spot"),
        "answered_at": _("Answered"),
        "area": _("Area"),
        "basis": _("Legal basis"),
        "bodies": _("Lead, co-handlers"),
        "body": _("Body"),
        "bodies.quorum": _("How many have to come"),
        "bodies.threshold": _("How many have to agree"),
        "category": _("Category"),
        "channel": _("Channel"),
        "co": _("Co-handlers"),
        "code": _("Its code"),
        "community": _("Community"),
        "community_may": _("The community"),
        "counts_as": _("Counts as"),
        "day": _("Day"),
        "due_at": _("Their deadline"),
        "from": _("From"),
        "grade": _("Grade"),
        "item_major": _("Major class"),
        "item_minor": _("Minor class"),
        "item_type": _("Category"),
        "late": _("After their deadline"),
        "lead": _("Lead"),
        "limit": _("Time limit"),
        "limit_length": _("Length of the limit"),
        "limit_unit": _("Unit of the limit"),
        "limit_words": _("Limit as written"),
        "major": _("Major class"),
        "major_code": _("Code of the major class"),
        "mask": _("Shown as"),
        "minor": _("Minor class"),
        "minor_code": _("Code of the minor class"),
        "name": _("What it is called"),
        "nature": _("Nature"),
        "number": _("Number at their end"),
        "on_time": _("Closed in time"),
        "our_number": _("Our number"),
        "outcome": _("How it ended"),
        "overdue": _("Closed too late"),
        "pattern": _("Found by"),
        "phone": _("Phone"),
        "place": _("Place"),
        "promise": _("Promise to the public"),
        "raised_at": _("Raised"),
        "route": _("Where it goes"),
        "settled_at": _("Settled at"),
        "share": _("Share"),
        "source": _("Source"),
        "source_id": _("Their number"),
        "standard": _("Settled when"),
        "street": _("Sub-district or town"),
        "supervising": _("Supervised by"),
        "title": _("Item"),
        "to": _("Until"),
        "unit": _("Unit"),
        "unit_code": _("Code of the unit"),
        "who": _("Entered by"),
        "words": _("What is said"),
    }


def say_source(source: str) -> str:
    """A source as people read it; `ours` is a number of our own."""
    if source == OURS:
        return _("a number of our own, which a place may change")
    mark, colon, how = source.partition("：")
    return _("our own: %(how)s") % {"how": how} if mark == OURS and colon else source


def say_value(path: str, value: Any) -> str:
    """A value as it stands in the file; `—` for nothing. A number is said without its source."""
    if isinstance(value, list):
        return _(", ").join(say_value(path, item) for item in value) or "—"
    if isinstance(value, Mapping):
        return _table(path, value)
    if path in ("required", "strip_brackets"):
        return say_key(f"columns.{value}") or value
    return _choices(path).get(value, "") or str(value) or "—"


def say_share(share: Fraction, of: str, more_than: bool) -> str:
    """A share that has to be reached: at least 2/3 of all seats."""
    words = {
        (Of.SEATS, True): _("more than %(share)s of all seats"),
        (Of.SEATS, False): _("at least %(share)s of all seats"),
        (Of.PRESENT, True): _("more than %(share)s of those present"),
        (Of.PRESENT, False): _("at least %(share)s of those present"),
    }[Of(of), more_than]
    return words % {"share": share}


def is_text(value: Mapping[str, Any]) -> bool:
    """Whether a table of the file is one text in its languages."""
    return "zh" in value and value.keys() <= {"zh", "en"}


def _table(path: str, value: Mapping[str, Any]) -> str:
    if is_text(value):
        return say_text(Text(value["zh"], value.get("en", "")))
    if "length" in value:
        return say_limit(value["length"], value["kind"])
    if "head" in value:
        field = say_fields().get(value["field"], value["field"])
        return _("%(head)s (%(field)s)") % {"head": value["head"], "field": field}
    if "more_than" in value:
        return _("%(words)s (%(source)s)") % {
            "words": say_share(Fraction(value["share"]), value["of"], value["more_than"]),
            "source": say_source(value["source"]),
        }
    if "share" in value:
        percent = Fraction(value["share"]) * 100
        return f"{percent}%" if percent.denominator == 1 else str(value["share"])
    number: int = value["number"]
    if path == "sizes.photo_bytes" and number % MB == 0:
        return _("%(n)s MB") % {"n": number // MB}
    return f"{number:,}"


def _choices(path: str) -> dict[str, str]:
    """code → words, of the values at this key."""
    if path == "sheets.over":
        return say_fields()
    if path == "templates.at_any_hour" or path.startswith("by_default."):
        return {
            "case.refused": _("not taken on"),
            "case.dispatched": _("dispatched to a unit"),
            "case.answered": _("answered"),
            "case.redo": _("to be done again"),
            "case.suspended": _("suspended"),
            "staff.morning": _("what is to be done today"),
            "staff.urgent": _("urgent matter for the unit"),
        }
    if path == "forms.form":
        return {form: say_form(form) for form in Form}
    if path == "forms.record":
        return {record: say_record(record) for record in Record}
    if path == "forms.signs":
        return {role: say_role(role) for role in Role}
    if path in ("bodies.body", "forms.calls"):
        return {kind: say_kind(kind) for kind in BodyKind}
    if path == "channels.who":
        return {role: say_role(role) for role in Role}
    spans = {
        SpanKind.HOUR: _("hours"),
        SpanKind.WORKING_HOUR: _("working hours"),
        SpanKind.DAY: _("days"),
        SpanKind.WORKING_DAY: _("working days"),
    }
    if path.startswith("limits.units."):
        return {kind.value: words for kind, words in spans.items()}
    if path.startswith(("values.on_time.", "values.overdue.")):
        return {"yes": _("Yes"), "no": _("No")}
    return {
        "community_may": {
            "lead": _("may lead"),
            "assist": _("may assist"),
            "none": _("is asked for nothing"),
        },
        "matters.competence": {
            Competence.RESIDENTS.value: _("the residents"),
            Competence.OWNERS.value: _("the owners together"),
            Competence.DUTY.value: _("nobody by vote: it is a duty"),
        },
        "reasons.reach": {"all": _("every rate"), "satisfaction": _("satisfaction alone")},
        "reads": {
            "cases": _("a table of matters"),
            "duties": _("a responsibility list"),
            "orders": _("orders of a higher system"),
        },
        "unknown_units": {
            "create": _("are entered with the rows"),
            "report": _("are told as rows that are wrong"),
        },
    }.get(path.removeprefix("rows."), {})
