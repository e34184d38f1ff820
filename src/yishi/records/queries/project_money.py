"""What is needed to cost a project and pay for it: its opinions, quotations and funders."""

from datetime import date

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from yishi.core.ledger import AccountKind, Moved, together
from yishi.core.method.round import Payer
from yishi.core.person import Actor, Role
from yishi.core.project.costing import OpinionNow, QuotationNow
from yishi.core.project.funding import PledgeNow
from yishi.core.project.now import Form, OpinionOn, PledgeState
from yishi.core.project.paying import voucher_number
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
from yishi.records.queries.rule import start_of

# Signs that the one way of writing a number may have changed; see `voucher_number`.
AS_TYPED = "[^0-9A-Z-]"


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


def offers_of(project: Project, person: int | None, body: Body | None, today: date) -> int:
    """How many offers of that giver to a project wait, or were made today. One statement."""
    rows = Pledge.objects.filter(project=project, body=body)
    rows = rows.filter(person=None) if person is None else rows.filter(person_id=person)
    recent = Q(state=PledgeState.OFFERED) | Q(at__gte=start_of(today))
    return rows.filter(recent).count()


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
        spent_of(pledge.project).get(pledge.pk, 0),
    )


def moved_of(project: Project) -> dict[int, dict[str, int]]:
    """Funder → why something moved into its account or out of it → how much. One statement."""
    pledge = Coalesce("source__pledge_id", "target__pledge_id")
    rows = Transfer.objects.filter(project=project).order_by()
    found: dict[int, dict[str, int]] = {}
    for key, why, n in rows.values_list(pledge, "moved").annotate(n=Sum("amount_fen")):
        found.setdefault(key, {})[why] = n
    return found


def spent_of(project: Project) -> dict[int, int]:
    """Funder → what was paid or delivered of it, in fen. One statement."""
    moved = moved_of(project)
    return {key: together(AccountKind.SPENT, sums) for key, sums in moved.items()}


def money_paid(project: Project) -> int:
    """What was paid in money for a project and not reversed, in fen. One statement."""
    rows = Transfer.objects.filter(project=project)
    sums = rows.aggregate(
        paid=Sum("amount_fen", filter=Q(moved=Moved.PAID)),
        back=Sum("amount_fen", filter=Q(moved=Moved.REVERSED)),
    )
    return (sums["paid"] or 0) - (sums["back"] or 0)


def payments_of(project: Project) -> list[Transfer]:
    """What was paid and stands, the newest first. One statement."""
    rows = Transfer.objects.filter(project=project, moved=Moved.PAID, reversed_by=None)
    return list(rows.select_related("source__pledge").order_by("-no"))


def payment_of(project: Project, uid: str) -> Transfer | None:
    """A payment for this project, reversed or not, with the funder and the fund it came out of. One
    statement."""
    rows = Transfer.objects.select_related("source__pledge__fund", "target", "reversed_by")
    return rows.filter(project=project, moved=Moved.PAID, uid=uid).first()


def paid_on(place: Place, number: str, sha256: str) -> Transfer | None:
    """What was paid, and not reversed, in any round of the community on a voucher of that number,
    or else on that very file. One statement, so that both are asked of the same moment; numbers
    kept as they were typed, as they once were, are read as those of today."""
    maybe = Q(voucher_no=number) | Q(voucher_no__regex=AS_TYPED) | Q(voucher__sha256=sha256)
    rows = Transfer.objects.filter(topic__place=place, moved=Moved.PAID, reversed_by=None)
    found = list(rows.filter(maybe).select_related("project__option", "voucher").order_by("id"))
    same_number = [one for one in found if voucher_number(one.voucher_no) == number]
    same_file = [one for one in found if one.voucher and one.voucher.sha256 == sha256]
    return next(iter([*same_number, *same_file]), None)
