"""The accounts of a round as people read them: by fund, by project, by funder, the whole; every
number is a sum of what moved. Names of residents are as they wished them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from yishi.core.ledger import AccountKind, Moved
from yishi.core.method.round import Payer
from yishi.core.project.funding import Leverage
from yishi.core.project.now import PledgeState
from yishi.records.models import Fund, Pledge, Project, Topic, Transfer
from yishi.records.queries.paging import Listed, listed
from yishi.records.queries.topic import LockedTopic

# (why it moved, out of which fund, into which) → how much.
Sums = dict[tuple[str, int | None, int | None], int]


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
    """A project: its cost, what each payer gives of it, what is spent, what its funders have
    left."""

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
    """A funder, over all projects of the round: in how many, given, spent, left."""

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
class Whole:
    """The round: what all funds were granted, what others gave, spent, swept, still in funds and
    set aside. `given`: payer → what it gives to projects."""

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
    """A page of the projects of a round, by number. Four statements."""
    found = listed(_projects(topic), page)
    return _lines(found.rows), found


def every_project(topic: Topic) -> list[ProjectLine]:
    """All of them, for a file. Three statements."""
    return _lines(list(_projects(topic)))


def project_line(project: Project) -> ProjectLine:
    """One of them. Three statements."""
    return _lines(list(_projects(project.topic).filter(pk=project.pk)))[0]


def _projects(topic: Topic) -> Any:
    columns = ("id", "uid", "number", "option__title", "state", "cost_fen")
    return Project.objects.filter(topic=topic).order_by("number").values(*columns)


def _lines(rows: Iterable[dict[str, Any]]) -> list[ProjectLine]:
    rows = list(rows)
    keys = [row["id"] for row in rows]
    confirmed = Pledge.objects.filter(project__in=keys, state=PledgeState.CONFIRMED)
    given: dict[int, dict[str, int]] = {}
    for one in confirmed.order_by().values("project_id", "payer").annotate(n=Sum("amount_fen")):
        given.setdefault(one["project_id"], {})[one["payer"]] = one["n"]
    moved = _sums(Transfer.objects.filter(project__in=keys), "project_id")
    lines = []
    for row in rows:
        sums = moved.get(row["id"], {})
        spent = sums.get(Moved.PAID, 0) + sums.get(Moved.DELIVERED, 0)
        aside = sums.get(Moved.COMMITTED, 0) + sums.get(Moved.GIVEN, 0)
        back = sums.get(Moved.RELEASED, 0) + sums.get(Moved.RETURNED, 0)
        lines.append(
            ProjectLine(
                row["uid"],
                row["number"],
                row["option__title"],
                row["state"],
                row["cost_fen"],
                {payer: given.get(row["id"], {}).get(payer, 0) for payer in Payer},
                spent,
                aside - back - spent,
            )
        )
    return lines


def every_funder(topic: Topic) -> list[FunderLine]:
    """Who gives, over all projects, the most first; residents without a name are one line. Two
    statements."""
    return _funder_lines(topic, list(_funders(topic)))


def _funders(topic: Topic) -> Any:
    rows = Pledge.objects.filter(project__topic=topic, state=PledgeState.CONFIRMED).order_by()
    grouped = rows.values("name", "payer").annotate(
        given=Sum("amount_fen"), projects=Count("project_id", distinct=True)
    )
    return grouped.order_by("-given", "payer", "name")


def _funder_lines(topic: Topic, rows: Iterable[dict[str, Any]]) -> list[FunderLine]:
    spent = Transfer.objects.filter(topic=topic, target__kind=AccountKind.SPENT).order_by()
    by = spent.values(name=F("source__pledge__name"), payer=F("source__pledge__payer"))
    sums = {(one["name"], one["payer"]): one["n"] for one in by.annotate(n=Sum("amount_fen"))}
    return [
        FunderLine(
            row["name"],
            row["payer"],
            row["projects"],
            row["given"],
            sums.get((row["name"], row["payer"]), 0),
        )
        for row in rows
    ]


def whole_of(topic: Topic) -> Whole:
    """The round in one line. Three statements."""
    return sum_up(sums_of(topic), every_funder(topic))


def sum_up(sums: Sums, funders: Iterable[FunderLine]) -> Whole:
    """The round in one line, of what moved and of who gives."""
    moved: dict[str, int] = {}
    for (why, _source, _target), amount in sums.items():
        moved[why] = moved.get(why, 0) + amount
    given = dict.fromkeys(map(str, Payer), 0)
    for one in funders:
        given[one.payer] += one.given_fen
    granted = moved.get(Moved.GRANTED, 0) - moved.get(Moved.CORRECTED, 0)
    committed = moved.get(Moved.COMMITTED, 0) - moved.get(Moved.RELEASED, 0)
    bound = moved.get(Moved.GIVEN, 0) - moved.get(Moved.RETURNED, 0)
    spent = moved.get(Moved.PAID, 0) + moved.get(Moved.DELIVERED, 0)
    swept = moved.get(Moved.SWEPT, 0)
    in_funds = granted - committed - swept
    return Whole(granted, given, spent, swept, in_funds, committed + bound - spent)


def _sums(rows: Any, by: str) -> dict[int, dict[str, int]]:
    """Key → why it moved → how much."""
    found: dict[int, dict[str, int]] = {}
    for one in rows.order_by().values(by, "moved").annotate(n=Sum("amount_fen")):
        found.setdefault(one[by], {})[one["moved"]] = one["n"]
    return found
