"""The forms of a meeting, one for each act. What is allowed is decided by the acts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.core.listed import TITLE_MAX
from yishi.core.meeting.items import SCORES, Side
from yishi.core.meeting.sitting import Part
from yishi.phrases.meeting import say_part, say_side
from yishi.web.case.forms import MultiFileInput, PhotoField, offer, prose
from yishi.web.dates import DayField
from yishi.web.topic.fields import number

NAME_MAX = 40
# Minutes are longer than what is said of one item.
MINUTES_MAX = 20_000


class MeetingForm(forms.Form):
    """A form about a meeting or one item of it. `offered`: what its choices are filled with;
    `of`: sets its ids apart where a page shows the same form several times."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        offered: Mapping[str, Any] | None = None,
        typed: Mapping[str, Any] | None = None,
        of: str = "",
    ) -> None:
        self.offered = dict(offered or {})
        super().__init__(data, files, initial=dict(typed or {}), auto_id=f"do_{of}%s")
        self.prepare()

    def prepare(self) -> None:
        """Fields and choices that depend on the meeting."""


def day(label: Any, help_text: Any = "") -> DayField:
    """A day, as a date field gives it."""
    return DayField(
        label=label,
        help_text=help_text,
        error_messages={"invalid": gettext_lazy("Choose a day.")},
    )


def hour(label: Any, *, required: bool = True) -> forms.TimeField:
    """A time of day."""
    return forms.TimeField(
        label=label,
        required=required,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Choose a time, such as 14:30.")},
    )


def moment_of(on: date, at: time) -> datetime:
    """The moment of a day and a time of day, in the installation's zone."""
    return datetime.combine(on, at, ZoneInfo(settings.TIME_ZONE))


def local(moment: datetime) -> datetime:
    """A moment in the installation's zone."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


class NothingForm(MeetingForm):
    """An act that asks nothing."""


class SettleForm(MeetingForm):
    """当场解决: what was agreed and done."""

    words = prose(
        gettext_lazy("How it was settled"),
        help_text=gettext_lazy("Who does what, said while everybody is there. Anybody reads it."),
        rows=3,
    )


class ScoreForm(SettleForm):
    """当场解决, at an appraisal with what those who are there said of it: all three, or none."""

    satisfied = number(gettext_lazy("How many are satisfied"), required=False)
    basically = number(gettext_lazy("How many are basically satisfied"), required=False)
    dissatisfied = number(gettext_lazy("How many are not satisfied"), required=False)

    def prepare(self) -> None:
        if not self.offered.get("scored"):
            for name in SCORES:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        three = [given.get(name) for name in SCORES if name in self.fields]
        if any(one is not None for one in three):
            for name in SCORES:
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, _("A number is missing here."))
        return given


class ListForm(MeetingForm):
    """列入限期整改清单: what, by whom, by which day."""

    unit = forms.ChoiceField(label=gettext_lazy("Which unit puts it right"))
    due_on = day(gettext_lazy("By which day"))
    words = prose(
        gettext_lazy("What was agreed"),
        help_text=gettext_lazy("Anybody reads it."),
        rows=3,
    )

    def prepare(self) -> None:
        units: Iterable[Mapping[str, Any]] = self.offered.get("units", ())
        rows = [(row["uid"], row["name"]) for row in units]
        offer(self.fields["unit"], [("", _("Please choose")), *rows])


class CarryForm(MeetingForm):
    """On to its procedure: what the meeting came to, and how it goes on."""

    words = prose(gettext_lazy("What was agreed, who does it, by when"), rows=3)
    result = forms.ChoiceField(
        label=gettext_lazy("What came of it"), widget=forms.RadioSelect, required=False
    )
    field_order = ("result", "words")

    def prepare(self) -> None:
        results = self.offered.get("results", ())
        if results:
            offer(self.fields["result"], results)
            self.fields["result"].required = True
        else:
            del self.fields["result"]


class PutOffForm(MeetingForm):
    """留待下次, and why."""

    words = prose(gettext_lazy("Why it is put off"), rows=2)


class SaidForm(MeetingForm):
    """What somebody said on an item."""

    side = forms.ChoiceField(label=gettext_lazy("Which side"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Who spoke"),
        max_length=NAME_MAX,
        required=False,
        help_text=gettext_lazy("The name is for the minutes; the public reads what was said."),
    )
    words = prose(gettext_lazy("What was said"), rows=3)

    def prepare(self) -> None:
        sides: Sequence[Side] = self.offered.get("sides", tuple(Side))
        offer(self.fields["side"], [(one.value, say_side(one)) for one in sides])
        if len(sides) == 1:
            self.fields["side"].initial = sides[0].value
        if not self.offered.get("keeps"):
            del self.fields["name"]


class ItemForm(MeetingForm):
    """One more item."""

    topic = forms.ChoiceField(label=gettext_lazy("A topic that waits"), required=False)
    title = forms.CharField(
        label=gettext_lazy("Or something else, in one line"), max_length=TITLE_MAX, required=False
    )
    words = prose(gettext_lazy("What it is about"), required=False, rows=2)

    def prepare(self) -> None:
        topics = self.offered.get("topics", ())
        if topics:
            offer(self.fields["topic"], [("", _("None of these")), *topics])
        else:
            del self.fields["topic"]
            self.fields["title"].label = _("What it is, in one line")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("topic") and not given.get("title", "").strip():
            self.add_error("title", _("Say in one line what it is."))
        return given


class SignForForm(MeetingForm):
    """Somebody at the desk, by name or phone."""

    who = forms.CharField(
        label=gettext_lazy("Name or phone"),
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = forms.ChoiceField(label=gettext_lazy("For which body"), required=False)

    def prepare(self) -> None:
        bodies = [(row["uid"], row["name"]) for row in self.offered.get("bodies", ())]
        offer(self.fields["body"], [("", _("For themselves, a resident")), *bodies])


class WhyForm(MeetingForm):
    """Why it is called off."""

    words = prose(gettext_lazy("Why it is called off"), help_text=gettext_lazy("Anybody reads it."))


class AgainForm(MeetingForm):
    """When and where it is called again."""

    on = day(gettext_lazy("Day of the meeting"))
    at = hour(gettext_lazy("Begins at"))
    where = forms.CharField(label=gettext_lazy("Where"), max_length=120)


class MinutesForm(MeetingForm):
    """会议记录 and 会议纪要."""

    minutes = forms.CharField(
        label=gettext_lazy("Minutes: who said what, for the record"),
        help_text=gettext_lazy("For staff and those who were called. Names may stand here."),
        max_length=MINUTES_MAX,
        widget=forms.Textarea(attrs={"rows": 14, "maxlength": MINUTES_MAX}),
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary: what the meeting came to"),
        help_text=gettext_lazy("Anybody reads it once it is signed off. No names of residents."),
        max_length=MINUTES_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": MINUTES_MAX}),
    )


class PaperForm(MeetingForm):
    """A photo of the meeting, or the signed sheet."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of paper it is"), widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=gettext_lazy("What is on it, in a few words"), max_length=TITLE_MAX, required=False
    )
    paper = PhotoField(
        label=gettext_lazy("The photo, or a PDF"),
        required=False,
        widget=MultiFileInput(attrs={"accept": "image/*,application/pdf"}),
    )

    def prepare(self) -> None:
        offer(
            self.fields["kind"],
            [
                ("photo", _("Photo of the meeting (public)")),
                ("register", _("Signed attendance sheet (staff only)")),
                ("other", _("Another paper (staff only)")),
            ],
        )
        self.fields["kind"].initial = "photo"


class ReportForm(MeetingForm):
    """回告: what became of it."""

    words = prose(
        gettext_lazy("What became of it"), help_text=gettext_lazy("Anybody reads it."), rows=3
    )


class AnswerForm(MeetingForm):
    """A unit answers its call."""

    words = prose(
        gettext_lazy("Who comes, or why nobody can"),
        required=False,
        rows=2,
        help_text=gettext_lazy("If you cannot come, say why."),
    )


class GuestForm(MeetingForm):
    """Somebody else is called: a body, or a guest by name."""

    body = forms.ChoiceField(label=gettext_lazy("A body or unit"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Or a guest by name"),
        max_length=NAME_MAX,
        required=False,
        help_text=gettext_lazy("The public sees that guests are called, not who."),
    )
    part = forms.ChoiceField(label=gettext_lazy("As what"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        bodies = [(row["uid"], row["name"]) for row in self.offered.get("bodies", ())]
        offer(self.fields["body"], [("", _("Please choose")), *bodies])
        offer(self.fields["part"], [(one.value, say_part(one)) for one in Part])
        self.fields["part"].initial = Part.PARTY.value

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("body") and not given.get("name", "").strip():
            self.add_error("body", _("Choose a body, or write a name."))
        return given
