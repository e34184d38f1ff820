"""A committee that looks on writes what it saw while the work goes on."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.topic import carrying
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic.kinds.watching import watched
from yishi.phrases.method_text import say_bodies
from yishi.phrases.rule import say_text
from yishi.records.queries.topic import watches_for
from yishi.web.topic.beside import Beside, BesideForm
from yishi.web.topic.fields import offer, pick, prose
from yishi.web.topic.helping import apart
from yishi.web.topic.photo import photo_field, photo_in
from yishi.web.topic.shown import Shown

ACT = "topic.watch"


class WatchForm(BesideForm):
    """For which committee, what was seen, and a photo of it."""

    takes_files = True
    body = pick(gettext_lazy("For which committee"))
    words = prose(
        gettext_lazy("What you saw on the spot"),
        help_text=gettext_lazy("Anybody may read it. Name no resident."),
        rows=4,
    )
    photo = photo_field(gettext_lazy("A photo, if you took one"))

    def prepare(self) -> None:
        own = watches_for(self.shown.actor, self.shown.held)
        if len(own) < 2:
            del self.fields["body"]
            return
        offer(self.fields["body"], [(one.uid, one.name) for one in own])
        self.fields["body"].required = True


def _watch(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    photo = photo_in(request, shown)
    if isinstance(photo, Refusal):
        return photo
    body = given.get("body", "")
    return carrying.watch(apart(request), shown.topic.uid, given["words"], body, photo)


def _closed(shown: Shown) -> Refusal | None:
    off = shown.off_course(ACT)
    if off is None and shown.held.attempt is None:
        return Refusal("not_assigned", 1, 0, "unit", shown.stage.id)
    return off


def _before(shown: Shown) -> list[str]:
    seen = watched(shown.stage, shown.held.now)
    waits: tuple[BodyKind, ...] = tuple(one for one in shown.stage.watch if one not in seen)
    told = [_("Each committee looks at least once before the work is reported as done.")]
    if waits:
        told.append(_("Has not looked yet: %(bodies)s") % {"bodies": say_bodies(waits)})
    return told


DEED = Beside(
    "watch",
    ACT,
    lambda shown: _("What did you see of “%(step)s”?") % {"step": say_text(shown.stage.name)},
    lambda: _("Write it down"),
    lambda: _("Written down, with the day. Anybody may read it."),
    WatchForm,
    _watch,
    before=_before,
    closed=_closed,
    mark="search",
)
