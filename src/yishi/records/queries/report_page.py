"""One's own report for its page: the cases it was handled in, and of each only what is its own.

A report may go from its own case into a main one and back. Of each case the story holds what
happened while the report was linked to it; the order of the journal decides, not the clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from yishi.core.case.state import CaseState
from yishi.core.clock import OPEN, ClockState
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.person import Actor
from yishi.records.models import Attachment, Case, Clock, Entry, Link, Rating, Report
from yishi.records.queries.topic_cases import topic_of

# An entry of a report's own case by which it goes over to another case or comes back.
CROSSING = frozenset({"report.joined", "case.merged", "case.unmerged"})
# The main case's side of the same.
MIRRORED = frozenset({"case.joined", "case.took_in", "case.let_go"})


@dataclass(frozen=True)
class Mine:
    """One's own report with its case, clocks, story, pictures and ratings.

    `home` is the case it was filed as, where another one handles it now; its clocks are among
    `clocks`, which hold those that run or stand still. `together`: how many other residents'
    reports are handled with it. `topic`: the topic it is or was talked over in.
    """

    report: Report
    link: Link
    clocks: tuple[Clock, ...]
    entries: tuple[Entry, ...]
    photos: tuple[Attachment, ...]
    ratings: tuple[Rating, ...]
    home: Case | None = None
    together: int = 0
    topic: dict[str, Any] | None = None

    @property
    def state(self) -> CaseState:
        """Where it stands for this resident: withdrawn is withdrawn, whatever goes on."""
        if self.report.withdrawn_at is not None:
            return CaseState.WITHDRAWN
        return CaseState(self.link.case.state)

    @property
    def at_once(self) -> bool:
        """It stands as a text answered it the moment it was raised (秒回)."""
        case = self.link.case
        return (
            case.instant_id is not None
            and self.state == CaseState.ANSWERED
            and case.answered_at == case.filed_at
        )

    @property
    def cases(self) -> tuple[str, ...]:
        """The uids of the cases whose messages are about it."""
        home = (self.home.uid,) if self.home else ()
        return (*home, self.link.case.uid)

    def may(self, actor: Actor, act: str) -> bool:
        """Whether the resident may do `act` with it now."""
        raised = {"raised": frozenset({self.report.person_id or 0})}
        subject = Subject(state=self.state, parties=raised)
        return isinstance(permit(actor, act, subject), Permitted)


def report_for(actor: Actor, uid: str) -> Mine | None:
    """One's own report, or None where there is none or it is somebody else's. Six statements,
    one more of what was set aside as a topic."""
    others = Link.objects.filter(case=OuterRef("case"), until_at=None, report__withdrawn_at=None)
    counted = others.exclude(report__uid=uid).order_by().values("case").annotate(n=Count("pk"))
    links = list(
        Link.objects.filter(report__uid=uid)
        .select_related(
            "report__building",
            "report__place__parent",
            "case__lead",
            "case__place",
            "case__first_asked",
        )
        .annotate(together=Coalesce(Subquery(counted.values("n")), 0))
        .order_by("id")
    )
    link = next((row for row in links if row.until_at is None), None)
    if link is None or link.report.person_id is None:
        return None
    raised = {"raised": frozenset({link.report.person_id})}
    subject = Subject(state=CaseState(link.case.state), parties=raised)
    if not isinstance(permit(actor, "report.view", subject), Permitted):
        return None
    every = [row.case_id for row in links]
    entries = list(
        Entry.objects.filter(subject_uid__in={row.case.uid for row in links})
        .select_related("person")
        .order_by("id")
    )
    own = Q(report=link.report) | Q(part="proof")
    photos = Attachment.objects.filter(own, case_id__in=every).select_related("assignment")
    still = (*OPEN, ClockState.PAUSED)
    first = links[0].case
    return Mine(
        link.report,
        link,
        tuple(
            Clock.objects.filter(case_id__in={first.pk, link.case_id}, state__in=still).order_by(
                "id"
            )
        ),
        tuple(_while_linked(entries, links, link.report)),
        tuple(photos.order_by("id")),
        tuple(Rating.objects.filter(report=link.report).order_by("round")),
        first if first.pk != link.case_id else None,
        link.together,
        topic_of(link.case_id) if any(e.code == "case.set_aside" for e in entries) else None,
    )


def waits_for_rating(mine: Mine) -> bool:
    """Answered, and the resident has not yet said that they are content."""
    content = any(row.solved and row.satisfaction != "dissatisfied" for row in mine.ratings)
    return mine.state == CaseState.ANSWERED and not content


def _while_linked(entries: Sequence[Entry], links: Sequence[Link], report: Report) -> list[Entry]:
    """What happened in each case while the report was linked to it, up to its withdrawal."""
    home = links[0].case.uid
    crossings = [e.id for e in entries if e.subject_uid == home and e.code in CROSSING]
    edges = [0, *crossings[: len(links) - 1], entries[-1].id + 1 if entries else 0]
    found = []
    for entry in entries:
        at = next((n for n, edge in enumerate(edges[1:]) if entry.id < edge), len(links) - 1)
        # The crossing itself is told by the report's own case.
        here = entry.subject_uid == links[min(at, len(links) - 1)].case.uid
        if entry.id in crossings or (here and entry.code not in MIRRORED):
            found.append(entry)
        if entry.code == "report.withdrawn" and entry.params.get("report") == report.uid:
            break
    return found
