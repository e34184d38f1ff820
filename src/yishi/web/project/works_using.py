"""监督, 评价, 报修 on their pages: by those who live there."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.project import scoring, watching
from yishi.acts.report import Words
from yishi.core.case.intake import SPOT_MAX
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import SCORES
from yishi.phrases.topic import say_score
from yishi.records.models import ProjectScore
from yishi.records.queries.project_works import lives_there, watches_for
from yishi.web.project.deed import Deed
from yishi.web.project.fields import ProjectForm, offer, photo, photo_in, pick, prose
from yishi.web.project.shown import Shown
from yishi.web.project.works import in_works
from yishi.web.topic.helping import apart


class WatchForm(ProjectForm):
    """For whom, what was seen, a photo of it."""

    takes_files = True
    body = pick(gettext_lazy("For which committee"))
    words = prose(
        gettext_lazy("What you saw on the spot"),
        help_text=gettext_lazy("Anybody may read it. Name no resident."),
        rows=4,
    )
    photo = photo(gettext_lazy("A photo, if you took one"), required=False)

    def prepare(self) -> None:
        own = watches_for(self.shown.actor, self.shown.held)
        if len(own) < 2:
            del self.fields["body"]
        else:
            offer(self.fields["body"], [(one.uid, one.name) for one in own])


def _watch(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = photo_in(request, shown, "photo")
    if isinstance(file, Refusal):
        return file
    body = given.get("body", "")
    # Many may look at once: what others wrote meanwhile keeps nobody from writing.
    return watching.watch(
        apart(request),
        shown.row.uid,
        given["words"],
        file,
        body,
    )


def _may_watch(shown: Shown) -> bool:
    if not in_works(shown):
        return False
    return bool(watches_for(shown.actor, shown.held)) or lives_there(shown.actor, shown.held)


class ScoreForm(ProjectForm):
    """How satisfied, and a word on it."""

    # The page asks the question; the field only says what to do.
    score = pick(gettext_lazy("Choose one"))
    words = prose(gettext_lazy("A word on it"), required=False)

    def prepare(self) -> None:
        offer(self.fields["score"], [(one.value, say_score(one)) for one in SCORES])


def _score(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return scoring.score(
        apart(request),
        shown.row.uid,
        given["score"],
        given["words"],
    )


def _may_score(shown: Shown) -> bool:
    if not shown.stands_in("appraise"):
        return False
    own = ProjectScore.objects.filter(project=shown.row, person_id=shown.actor.person_id or 0)
    return lives_there(shown.actor, shown.held) and not own.exists()


class DefectForm(ProjectForm):
    """What broke, and a photo of it."""

    takes_files = True
    words = prose(gettext_lazy("What is broken, in one sentence"), rows=4)
    spot = forms.CharField(
        label=gettext_lazy("Where exactly"),
        required=False,
        max_length=SPOT_MAX,
        help_text=gettext_lazy("Such as: by the east gate, third floor corridor"),
    )
    photo = photo(gettext_lazy("A photo"), required=False)


def _defect(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = photo_in(request, shown, "photo")
    if isinstance(file, Refusal):
        return file
    words = Words(
        given["words"],
        place=shown.held.topic.place.uid,
        spot=given["spot"].strip(),
        photos=[file] if file else [],
    )
    return scoring.report_defect(apart(request), shown.row.uid, words)


USING = (
    Deed(
        "watch",
        "project.watch",
        lambda: _("What did you see of the works?"),
        lambda: _("Write it down"),
        lambda: _("Written down, with the day. Anybody may read it."),
        WatchForm,
        _watch,
        lead=lambda shown: _("Up to %(n)s times a day.") % {"n": shown.held.terms.looks_a_day},
        ready=_may_watch,
        mark="search",
    ),
    Deed(
        "score",
        "project.score",
        lambda: _("How satisfied are you with it?"),
        lambda: _("Score it"),
        lambda: _("Thank you. Everybody sees the numbers; nobody sees whose they are."),
        ScoreForm,
        _score,
        ready=_may_score,
        mark="check",
    ),
    Deed(
        "defect",
        "project.report_defect",
        lambda: _("Is something of it broken?"),
        lambda: _("Report it"),
        lambda: _("Registered as a matter. You find it among your own, and hear what comes of it."),
        DefectForm,
        _defect,
        mark="flag",
    ),
)
