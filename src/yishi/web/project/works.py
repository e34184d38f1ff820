"""The works on their pages: given out or begun by the residents, step by step, built."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.project import building
from yishi.core.project.now import ProjectState
from yishi.core.refusal import Refusal
from yishi.phrases.money import say_yuan
from yishi.records.models import Milestone, Quotation
from yishi.records.queries.project_works import bodies_near
from yishi.web.dates import DayField
from yishi.web.gate import ask_in
from yishi.web.project.deed import Deed
from yishi.web.project.fields import (
    ProjectForm,
    fen_of,
    offer,
    paper,
    paper_in,
    photo,
    photo_in,
    pick,
    prose,
    yuan,
)
from yishi.web.project.shown import Shown

NAMED = 120
# So many steps are asked for at once; more are added the same way.
ROWS = 6


def in_works(shown: Shown) -> bool:
    """Whether its round carries out now."""
    return shown.stands_in("carry_out")


def body_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    """Which body; filled by `bodies`."""
    return forms.ChoiceField(
        label=label,
        required=required,
        help_text=help_text,
        error_messages={"required": gettext_lazy("Choose one of them.")},
    )


def bodies(form: ProjectForm, name: str, none: str = "") -> None:
    """Every body near the project; `none`: what an empty choice is called."""
    rows = [(one.uid, one.name) for one in bodies_near(form.shown.row)]
    # Nothing is chosen for anybody: the first of a list would be sent by mistake.
    offer(form.fields[name], [("", none or _("Please choose")), *rows])


class ContractForm(ProjectForm):
    """Who builds it, for how much, from when to when, and the paper."""

    takes_files = True
    contractor = forms.CharField(label=gettext_lazy("Who builds it"), max_length=NAMED)
    builder = body_field(
        gettext_lazy("The same among the bodies here"),
        required=False,
        help_text=gettext_lazy(
            "Then it reports its steps itself, and neither inspects nor settles."
        ),
    )
    amount = yuan(gettext_lazy("Sum of the contract"))
    why = prose(
        gettext_lazy("Why this sum or this firm"),
        required=False,
        help_text=gettext_lazy("Needed where it is not the quotation that was taken, or none was."),
    )
    begins_on = DayField(label=gettext_lazy("Works begin on"))
    ends_on = DayField(label=gettext_lazy("Works end by"))
    contract = paper(gettext_lazy("The signed contract"))

    def prepare(self) -> None:
        bodies(self, "builder", _("None of them"))
        taken = Quotation.objects.filter(project=self.shown.row, is_taken=True).first()
        if taken is not None:
            self.fields["contractor"].initial = taken.bidder
            self.fields["amount"].help_text = _("The quotation that was taken: %(amount)s.") % {
                "amount": say_yuan(taken.amount_fen)
            }


def _contract(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = paper_in(request, shown, "contract")
    if isinstance(file, Refusal):
        return file
    entered = building.Contract(
        given["contractor"],
        fen_of(given["amount"]),
        given["begins_on"],
        given["ends_on"],
        file,
        given["builder"],
        given["why"],
    )
    return building.contract(ask_in(request), shown.row.uid, entered)


class SelvesForm(ProjectForm):
    """Which body answers for it, from when to when."""

    builder = body_field(gettext_lazy("Which body answers for it"))
    begins_on = DayField(label=gettext_lazy("Works begin on"))
    ends_on = DayField(label=gettext_lazy("Works end by"))

    def prepare(self) -> None:
        bodies(self, "builder")


def _selves(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return building.build_selves(
        ask_in(request), shown.row.uid, given["builder"], given["begins_on"], given["ends_on"]
    )


def _small(shown: Shown) -> bool:
    cost = shown.row.cost_fen or 0
    return in_works(shown) and 0 < cost <= shown.held.terms.self_built_fen


class PlanForm(ProjectForm):
    """Steps of the works: a name and a day each."""

    def prepare(self) -> None:
        for no in range(1, ROWS + 1):
            self.fields[f"name_{no}"] = forms.CharField(
                label=_("Step %(n)s") % {"n": no}, max_length=80, required=no == 1
            )
            self.fields[f"day_{no}"] = DayField(
                label=_("Step %(n)s, done by") % {"n": no}, required=no == 1
            )

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Name and day of one step stand side by side where there is room."""
        pairs = [self.bound(f"name_{no}", f"day_{no}") for no in range(1, ROWS + 1)]
        return [{"fields": pair, "pair": True} for pair in pairs]

    def clean(self) -> dict[str, Any]:
        """A step has both, or neither."""
        given: dict[str, Any] = super().clean() or {}
        for no in range(2, ROWS + 1):
            name, day = given.get(f"name_{no}", ""), given.get(f"day_{no}")
            if bool(name) != (day is not None) and f"day_{no}" not in self.errors:
                self.add_error(f"name_{no}", _("A step has a name and a day."))
        return given


def _plan(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    steps: list[tuple[str, date]] = [
        (given[f"name_{no}"], given[f"day_{no}"])
        for no in range(1, ROWS + 1)
        if given.get(f"name_{no}") and given.get(f"day_{no}")
    ]
    return building.plan_milestones(ask_in(request), shown.row.uid, steps)


def _open_steps(shown: Shown) -> list[Milestone]:
    return list(Milestone.objects.filter(project=shown.row, done_at=None).order_by("no"))


class ReachForm(ProjectForm):
    """Which step is done, and a photo of it."""

    takes_files = True
    step = pick(gettext_lazy("Which step is done"))
    words = prose(gettext_lazy("A word on it"), required=False)
    photo = photo(gettext_lazy("A photo of how it is now"))

    def prepare(self) -> None:
        rows = _open_steps(self.shown)
        offer(self.fields["step"], [(str(one.no), f"{one.no} {one.name}") for one in rows])


def _reach(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = photo_in(request, shown, "photo")
    if isinstance(file, Refusal):
        return file
    no = int(given["step"])
    return building.reach_milestone(ask_in(request), shown.row.uid, no, given["words"], file)


class BuiltForm(ProjectForm):
    """What was built, and a photo of it."""

    takes_files = True
    words = prose(gettext_lazy("What was built"), help_text=gettext_lazy("Everybody reads it."))
    photo = photo(
        gettext_lazy("A photo of the finished work"),
        gettext_lazy("From where the photo of the wish was taken, if you can."),
    )


def _built(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = photo_in(request, shown, "photo")
    if isinstance(file, Refusal):
        return file
    return building.report_built(ask_in(request), shown.row.uid, given["words"], file)


def _is(state: ProjectState, shown: Shown) -> bool:
    return in_works(shown) and shown.row.state == state


def _has_steps(shown: Shown) -> bool:
    return _is(ProjectState.UNDER_WAY, shown) and bool(_open_steps(shown))


def _all_done(shown: Shown) -> bool:
    if not _is(ProjectState.UNDER_WAY, shown) or _open_steps(shown):
        return False
    return Milestone.objects.filter(project=shown.row).exists()


BUILDING = (
    Deed(
        "contract",
        "project.contract",
        lambda: _("Who builds it?"),
        lambda: _("The works begin"),
        lambda: _("Entered. Those whose wish it was and who pay for it are told."),
        ContractForm,
        _contract,
        lead=lambda shown: (
            _("Every yuan is found: %(cost)s.") % {"cost": say_yuan(shown.row.cost_fen or 0)}
        ),
        ready=in_works,
        mark="ground",
    ),
    Deed(
        "build-selves",
        "project.build_selves",
        lambda: _("Do the residents build it themselves?"),
        lambda: _("They begin"),
        lambda: _("Entered. Those whose wish it was and who pay for it are told."),
        SelvesForm,
        _selves,
        lead=lambda shown: (
            _("Up to %(most)s the residents may build it themselves.")
            % {"most": say_yuan(shown.held.terms.self_built_fen)}
        ),
        ready=_small,
        mark="people",
    ),
    Deed(
        "reach",
        "project.reach_milestone",
        lambda: _("Which step is done?"),
        lambda: _("Report the step"),
        lambda: _("Reported, with its photo."),
        ReachForm,
        _reach,
        ready=_has_steps,
        mark="camera",
    ),
    Deed(
        "built",
        "project.report_built",
        lambda: _("Is it built?"),
        lambda: _("It is built"),
        lambda: _("Reported. It waits to be inspected by others."),
        BuiltForm,
        _built,
        ready=_all_done,
        mark="done",
    ),
    Deed(
        "plan",
        "project.plan_milestones",
        lambda: _("Which steps do the works have?"),
        lambda: _("Add to the plan"),
        lambda: _("Planned; everybody sees the days."),
        PlanForm,
        _plan,
        lead=lambda shown: _(
            "As many as there are; the rest stays empty. More can be added later."
        ),
        ready=lambda shown: _is(ProjectState.UNDER_WAY, shown),
        mark="next",
    ),
)
