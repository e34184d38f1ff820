"""What is needed to cost a project and pay for it: its opinions, quotations and funders."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Sum

from yishi.core.ledger import AccountKind, Moved
from yishi.core.method.round import Payer
from yishi.core.person import Actor, Role
from yishi.core.project.costing import OpinionNow, QuotationNow
from yishi.core.project.funding import PledgeNow
from yishi.core.project.now import Form, OpinionOn, PledgeState
from yishi.records.models import (
    Account,
    Appointment,
    Body,
    Place,
    Pledge,
    Project,
    ProjectOpinion,
    Quotation,
    Transfer,
)
from yishi.records.queries.actor import in_force_on
from yishi.records.queries.money import held_by


def body_on_line(uid: str, place: Place) -> Body | None:
    """The body of that uid, of the place or of one above it. One statement."""
    return Body.objects.filter(uid=uid, place_id__in=place.ids).first() if uid else None


def is_desk(actor: Actor, place: Place) -> bool:
    """Whether the actor sits at the community's desk, and may write down what others say."""
    return any(seat.place_id in place.ids for seat in actor.seats_as(Role.COMMUNITY_DESK))


def desk_of(place_id: int, day: date) -> list[int]:
    """The people at the desk of a place on `day`. One statement."""
    here = Appointment.objects.filter(
        in_force_on(day), place_id=place_id, role=Role.COMMUNITY_DESK, person__is_active=True
    )
    return list(here.order_by("person_id").values_list("person_id", flat=True).distinct())


def opinions_of(project: Project) -> list[OpinionNow]:
    """What bodies said of it, in the order they said it. One statement."""
    rows = ProjectOpinion.objects.filter(project=project).order_by("id")
    return [
        OpinionNow(
            OpinionOn(row.on),
            str(row.body_id),
            row.is_favourable,
            row.words,
            row.amount_fen,
            paper=row.file_id is not None,
        )
        for row in rows
    ]


def worked_out(project: Project, body: Body) -> int | None:
    """What that body said last that it costs, in fen; None where it has not. One statement."""
    rows = ProjectOpinion.objects.filter(project=project, body=body, on=OpinionOn.COST)
    return rows.order_by("-id").values_list("amount_fen", flat=True).first()


def quotations_of(project: Project) -> list[QuotationNow]:
    """The quotations, in the order they came. One statement."""
    rows = Quotation.objects.filter(project=project).order_by("id")
    return [QuotationNow(row.uid, row.bidder, row.amount_fen) for row in rows]


def pledge_of(project: Project, uid: str) -> Pledge | None:
    """A funder of this project, with the fund it comes out of. One statement."""
    return Pledge.objects.select_related("fund").filter(project=project, uid=uid).first()


def pledge_now(pledge: Pledge) -> PledgeNow:
    """A funder as a decision sees it. At most four statements."""
    account = Account.objects.filter(pledge=pledge).first()
    left = held_by([account])[account.pk] if account else 0
    return PledgeNow(
        PledgeState(pledge.state),
        Payer(pledge.payer),
        Form(pledge.form),
        pledge.amount_fen,
        pledge.fund.sweeps_on if pledge.fund else None,
        left,
        spent_of([pledge.pk]).get(pledge.pk, 0),
    )


def spent_of(pledges: Iterable[int]) -> dict[int, int]:
    """Funder → what was paid or delivered of it, in fen. One statement."""
    rows = Transfer.objects.filter(
        source__pledge_id__in=list(pledges), target__kind=AccountKind.SPENT
    )
    counted = rows.order_by().values("source__pledge_id").annotate(n=Sum("amount_fen"))
    return {row["source__pledge_id"]: row["n"] for row in counted}


def money_paid(project: Project) -> int:
    """What was paid in money for a project, in fen. One statement."""
    rows = Transfer.objects.filter(project=project, moved=Moved.PAID)
    return rows.aggregate(n=Sum("amount_fen"))["n"] or 0
