"""The accounts of a round as people read them: by fund, by project, by funder, the whole; every
number is a sum of what moved. Names of residents are as they wished them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from yishi.core.ledger import AccountKind, Moved, given, together
from yishi.core.method.round import Payer
from yishi.core.project.funding import Leverage
from yishi.records.models import Fund, Project, Topic, Transfer
from yishi.records.queries.paging import Listed, listed
from yishi.records.queries.topic import LockedTopic

# (why it moved, out of which fund, into which) → how much.
Sums = dict[tuple[str, int | None, int | None], int]
ALL = slice(None)
SPENDING = (Moved.PAID, Moved.REVERSED, Moved.DELIVERED)


def funds_to_sweep(today: date) -> "QuerySet[Fund]":
    """Funds whose last day is over and that were not swept, or to which something came back
    since."""
    back = Transfer.objects.filter(
        target__fund_id=OuterRef("pk"), at__gt=OuterRef("swept_at"), moved=Moved.RELEASED
    )
    return Fund.objects.filter(Q(swept_at=None) | Exists(back), sweeps_on__lt=today)


def funds_of(held: LockedTopic) -> int:
    """How many funds a round has; one statement, none of another topic."""
    if held.procedure is None or held.procedure.round is None:
        return 0
    return Fund.objects.filter(topic=held.topic).count()


@dataclass(frozen=True)
class FundLine:
    """A fund: what was granted, set aside for projects less what came back, swept, left."""

    name: str
    payer: str
    granted_fen: int
    committed_fen: int
    swept_fen: int
    left_fen: int
    sweeps_on: date
    swept: bool


@dataclass(frozen=True)
class ProjectLine:
    """A project: its cost, what each payer gave of it and did not get back, what of that is spent,
    what its funders have left."""

    uid: str
    number: str
    title: str
    state: str
    cost_fen: int | None
    given: dict[str, int]
    spent_fen: int
    left_fen: int

    @property
    def leverage(self) -> Leverage:
        """The fund's part of what all give."""
        return Leverage(self.given.get(Payer.FUND, 0), sum(self.given.values()))


@dataclass(frozen=True)
class FunderLine:
    """A funder, over all projects of the round: in how many, given and not got back, spent,
    left."""

    name: str
    payer: str
    projects: int
    given_fen: int
    spent_fen: int

    @property
    def left_fen(self) -> int:
        """What is set aside and not spent."""
        return self.given_fen - self.spent_fen


@dataclass(frozen=True)
class PaymentLine:
    """What was paid, delivered or reversed: its number in the round, when, for which project, out
    of whose money, why in words, on which voucher. `reverses`: the number of the payment that it
    undoes, 0 for none; its amount is below 0 then."""

    no: int
    at: datetime
    project: str
    title: str
    moved: str
    name: str
    payer: str
    words: str
    voucher_no: str
    amount_fen: int
    reverses: int


@dataclass(frozen=True)
class Whole:
    """The round: what all funds were granted, what others gave, spent, swept, still in funds and
    set aside. `given`: payer → what it gave to projects and did not get back."""

    granted_fen: int
    given: dict[str, int]
    spent_fen: int
    swept_fen: int
    in_funds_fen: int
    set_aside_fen: int

    @property
    def leverage(self) -> Leverage:
        """The fund's part of what all projects are given."""
        return Leverage(self.given.get(Payer.FUND, 0), sum(self.given.values()))


def fund_lines(topic: Topic, moved: Sums | None = None) -> list[FundLine]:
    """The funds of a round, in the order they were announced. Two statements, one where the sums
    are known."""
    funds = list(Fund.objects.filter(topic=topic).order_by("id"))
    sums = moved if moved is not None else sums_of(topic)
    return [_fund_line(fund, *_of_fund(sums, fund.pk)) for fund in funds]


def sums_of(topic: Topic) -> Sums:
    """What moved in a round: (why, out of which fund, into which fund) → how much. One
    statement."""
    rows = Transfer.objects.filter(topic=topic).order_by()
    keys = ("moved", "source__fund_id", "target__fund_id")
    counted = rows.values(*keys).annotate(n=Sum("amount_fen"))
    return {(one[keys[0]], one[keys[1]], one[keys[2]]): one["n"] for one in counted}


def _of_fund(sums: Sums, fund: int) -> tuple[dict[str, int], dict[str, int]]:
    out = {why: n for (why, source, _target), n in sums.items() if source == fund}
    into = {why: n for (why, _source, target), n in sums.items() if target == fund}
    return out, into


def _fund_line(fund: Fund, out: dict[str, int], into: dict[str, int]) -> FundLine:
    granted = into.get(Moved.GRANTED, 0) - out.get(Moved.CORRECTED, 0)
    committed = out.get(Moved.COMMITTED, 0) - into.get(Moved.RELEASED, 0)
    swept = out.get(Moved.SWEPT, 0)
    return FundLine(
        fund.name,
        fund.payer,
        granted,
        committed,
        swept,
        granted - committed - swept,
        fund.sweeps_on,
        fund.swept_at is not None,
    )


def project_lines(topic: Topic, page: int) -> tuple[list[ProjectLine], Listed]:
    """A page of the projects of a round, by number. Three statements."""
    found = listed(_projects(topic), page)
    return _lines(found.rows), found


def every_project(topic: Topic, part: slice = ALL) -> list[ProjectLine]:
    """All of them, or those places of them, for a file. Two statements."""
    return _lines(list(_projects(topic)[part]))


def project_line(project: Project) -> ProjectLine:
    """One of them. Two statements."""
    return _lines(list(_projects(project.topic).filter(pk=project.pk)))[0]


def _projects(topic: Topic) -> Any:
    columns = ("id", "uid", "number", "option__title", "state", "cost_fen")
    return Project.objects.filter(topic=topic).order_by("number").values(*columns)


def _lines(rows: Iterable[dict[str, Any]]) -> list[ProjectLine]:
    rows = list(rows)
    keys = [row["id"] for row in rows]
    moved: dict[int, dict[str, dict[str, int]]] = {}
    for one in _moved(Transfer.objects.filter(project__in=keys), "project_id", "payer"):
        why = moved.setdefault(one["project_id"], {}).setdefault(one["payer"], {})
        why[one["moved"]] = one["n"]
    lines = []
    for row in rows:
        by = {payer: moved.get(row["id"], {}).get(payer, {}) for payer in Payer}
        lines.append(
            ProjectLine(
                row["uid"],
                row["number"],
                row["option__title"],
                row["state"],
                row["cost_fen"],
                {payer: given(sums) for payer, sums in by.items()},
                sum(together(AccountKind.SPENT, sums) for sums in by.values()),
                sum(together(AccountKind.PLEDGE, sums) for sums in by.values()),
            )
        )
    return lines


def every_funder(topic: Topic) -> list[FunderLine]:
    """Who gives, over all projects, the most first; residents without a name are one line. Who got
    back all they gave is in none. One statement."""
    moved: dict[tuple[str, str], dict[int, dict[str, int]]] = {}
    for one in _moved(Transfer.objects.filter(topic=topic), "name", "payer", "project_id"):
        projects = moved.setdefault((one["name"], one["payer"]), {})
        projects.setdefault(one["project_id"], {})[one["moved"]] = one["n"]
    lines = [
        FunderLine(
            name,
            payer,
            sum(given(sums) > 0 for sums in projects.values()),
            sum(map(given, projects.values())),
            sum(together(AccountKind.SPENT, sums) for sums in projects.values()),
        )
        for (name, payer), projects in moved.items()
    ]
    lines.sort(key=lambda one: (-one.given_fen, one.payer, one.name))
    return [one for one in lines if one.given_fen]


def _moved(rows: Any, *by: str) -> Any:
    """Of what moved into accounts of funders or out of them: why, and how much (`n`), by project,
    or by the funder's name or payer. Not asked yet."""
    named = rows.annotate(
        name=Coalesce("source__pledge__name", "target__pledge__name"),
        payer=Coalesce("source__pledge__payer", "target__pledge__payer"),
    )
    return named.exclude(payer=None).order_by().values(*by, "moved").annotate(n=Sum("amount_fen"))


def every_payment(topic: Topic, part: slice = ALL) -> list[PaymentLine]:
    """What was spent in a round, or those places of it, in the order it was entered. One
    statement."""
    columns = ("source__pledge", "target__pledge", "project__option", "reverses")
    rows = _payments(topic).select_related(*columns).order_by("no")
    return [_payment_line(row) for row in rows[part]]


def payments_in(topic: Topic) -> int:
    """How many lines that has. One statement."""
    return _payments(topic).count()


def projects_in(topic: Topic) -> int:
    """How many projects a round has. One statement."""
    return Project.objects.filter(topic=topic).count()


def _payments(topic: Topic) -> "QuerySet[Transfer]":
    return Transfer.objects.filter(topic=topic, moved__in=SPENDING)


def _payment_line(row: Transfer) -> PaymentLine:
    pledge = row.source.pledge or row.target.pledge
    project, undone = row.project, row.reverses
    assert pledge is not None and project is not None
    return PaymentLine(
        row.no,
        row.at,
        project.number,
        project.option.title,
        row.moved,
        pledge.name,
        pledge.payer,
        row.words,
        undone.voucher_no if undone else row.voucher_no,
        -row.amount_fen if undone else row.amount_fen,
        undone.no if undone else 0,
    )


def whole_of(topic: Topic) -> Whole:
    """The round in one line. Two statements."""
    return sum_up(sums_of(topic), every_funder(topic))


def sum_up(sums: Sums, funders: Iterable[FunderLine]) -> Whole:
    """The round in one line, of what moved and of who gives."""
    moved: dict[str, int] = {}
    for (why, _source, _target), amount in sums.items():
        moved[why] = moved.get(why, 0) + amount
    by_payer = dict.fromkeys(map(str, Payer), 0)
    for one in funders:
        by_payer[one.payer] += one.given_fen
    kind = AccountKind
    return Whole(
        moved.get(Moved.GRANTED, 0) - moved.get(Moved.CORRECTED, 0),
        by_payer,
        together(kind.SPENT, moved),
        together(kind.SWEPT, moved),
        together(kind.FUND, moved),
        together(kind.PLEDGE, moved),
    )
