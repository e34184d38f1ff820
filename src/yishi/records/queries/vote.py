"""A vote that is acted on, and the line of its roll somebody votes for."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from yishi.core.calendar import Span, SpanKind
from yishi.core.method.ballot import BallotKind
from yishi.core.method.language import Choose, Stage, Unit, Voting
from yishi.core.method.measure import Bar, Limit
from yishi.core.method.measure import Count as Number
from yishi.core.vote.now import VoteState
from yishi.records.models import Part, RollObjection, Topic, Vote, Voter
from yishi.records.prepared import rows_of
from yishi.records.queries.rule import parsed
from yishi.records.queries.topic import bodies_at, part_in
from yishi.records.queries.vote_round import counting_kept, counting_of


@dataclass(frozen=True)
class LineNow:
    """A line of a roll as whoever casts finds it. `is_mine`: the actor may cast it. `part_*`: how
    it took part already, None and "" where it did not. `proxy_id`: the proxy it has given;
    `is_given_me`: to a line of the actor's. `times`: how often it has taken part."""

    id: int
    uid: str
    is_struck: bool
    is_mine: bool
    part_id: int | None
    part_uid: str
    part_way: str
    proxy_id: int | None
    is_given_me: bool
    times: int


LINE = """
SELECT r.id, r.uid, r.is_struck, p.id, p.uid, p.way, p.times, x.id,
       EXISTS (SELECT 1 FROM records_holder h WHERE h.voter_id = r.id AND h.person_id = %s),
       EXISTS (SELECT 1 FROM records_holder g WHERE g.voter_id = x.holder_id AND g.person_id = %s)
FROM records_voter r
LEFT JOIN records_part p ON p.voter_id = r.id
LEFT JOIN records_proxy x ON x.giver_id = r.id AND x.ended_at IS NULL
WHERE """
BY_PERSON = """r.id = (
    SELECT o.voter_id FROM records_holder o WHERE o.vote_id = %s AND o.person_id = %s
)"""
BY_UID = "r.vote_id = %s AND r.uid = %s"


def vote_to_cast(uid: str) -> Vote | None:
    """The vote without its roll. PostgreSQL holds the row so that nobody closes it meanwhile, and
    others cast all the same. One statement."""
    return next(iter(rows_of(Vote, {"uid": uid}, share=True)), None)


def line_of(vote: Vote, person_id: int | None, voter_uid: str = "") -> LineNow | None:
    """The line of that uid, or the actor's own; None where there is none. One statement."""
    where, named = (BY_UID, voter_uid) if voter_uid else (BY_PERSON, person_id)
    with connection.cursor() as cursor:
        cursor.execute(LINE + where, [person_id, person_id, vote.pk, named])
        row = cursor.fetchone()
    if row is None:
        return None
    id, uid, struck, part, part_uid, way, times, proxy, mine, given = row
    flags = (bool(struck), bool(mine))
    return LineNow(id, uid, *flags, part, part_uid or "", way or "", proxy, bool(given), times or 0)


def lock_vote(uid: str, *, topic: bool = False) -> Vote | None:
    """The vote, held for an act that changes it, its roll or its paper; casting waits. `topic`:
    its topic is held too, and first, as every act on a topic does."""
    if connection.features.has_select_for_update:
        if topic:
            list(Topic.objects.filter(votes__uid=uid).select_for_update(of=("self",)))
        list(Vote.objects.filter(uid=uid).select_for_update().values_list("pk"))
    return Vote.objects.select_related("place", "topic", "passage").filter(uid=uid).first()


def open_vote_of(passage_id: int) -> Vote | None:
    """The vote of this visit to a stage that is on view, open or handed; held."""
    rows = Vote.objects.filter(passage_id=passage_id, state__in=STANDING)
    uid = rows.values_list("uid", flat=True).first()
    return lock_vote(uid) if uid else None


STANDING = (VoteState.ROLL, VoteState.OPEN, VoteState.COUNTING, VoteState.HANDED)


# What the body that leads does, and no other that has part in the stage.
LED = ("vote.void", "vote.rule_roll")


def stage_of_vote(vote: Vote) -> Stage:
    """The stage the vote is held in, by the method of its visit."""
    stage = parsed(vote.passage.method).procedure(vote.topic.procedure).stage(vote.passage.stage)
    assert isinstance(stage, Stage)
    return stage


def units_for(vote: Vote, stage: Stage, act: str) -> frozenset[int]:
    """The bodies that have part in the stage the vote is held in; for what is the leading body's
    alone, that one."""
    bodies = bodies_at(vote.place_id)
    kinds = (stage.lead,) if act in LED else part_in(stage)
    return frozenset(pk for kind in kinds for pk in bodies.get(kind, ()))


def size_of_roll(vote: Vote) -> tuple[int, int]:
    """How many lines stand on the roll, and their area. One statement."""
    rows = Voter.objects.filter(vote=vote, is_struck=False)
    found = rows.aggregate(n=Count("pk"), area=Sum("area_cm2"))
    return found["n"], found["area"] or 0


def objections_open(vote: Vote) -> int:
    """Objections to the roll that nobody has ruled on. One statement."""
    return RollObjection.objects.filter(vote=vote, ruled_at=None).count()


def parts_by_way(vote: Vote) -> dict[str, int]:
    """Way → lines that took part so. One statement."""
    rows = in_it(vote).order_by().values_list("way").annotate(n=Count("pk"))
    return dict(rows)


def in_it(vote: Vote) -> "QuerySet[Part]":
    """The rows of the lines that took part; a mark that was withdrawn is none."""
    return Part.objects.filter(vote=vote, voter__isnull=False)


def area_in(vote: Vote) -> int:
    """The area of the lines that took part. One statement."""
    return in_it(vote).aggregate(a=Sum("voter__area_cm2"))["a"] or 0


def option_uids(vote: Vote) -> tuple[str, ...]:
    """The options in the order they stand on the paper."""
    return tuple(one[0] for one in vote.options)


def rule_kept(stage: Stage) -> dict[str, Any]:
    """The rule of a vote as it is kept with it: {threshold, quorum, tie, period, roll, proxies,
    handed}, each share as text with its source; of a round also {ballot, most, counting}, and once
    it opens {projects}."""
    voting = stage.voting
    assert voting is not None
    return {
        "threshold": _bar_kept(stage.threshold),
        "quorum": _bar_kept(stage.quorum),
        "tie": stage.tie.value if stage.tie else "",
        "period": _limit_kept(voting.period),
        "roll": _limit_kept(voting.roll),
        "proxies": _number_kept(voting.proxies),
        "handed": voting.handed,
        **(_ballot_kept(voting) if voting.ballot else {}),
    }


def voting_of(vote: Vote) -> Voting:
    """How the vote is held, as the method had it when its roll was made."""
    rule = vote.rule
    period = _limit_of(rule["period"])
    assert period is not None
    ballot = rule.get("ballot")
    return Voting(
        unit=Unit(vote.unit),
        ways=tuple(vote.ways),
        secret=vote.is_secret,
        choose=Choose(vote.choose),
        period=period,
        roll=_limit_of(rule["roll"]),
        proxies=_number_of(rule["proxies"]),
        handed=rule["handed"],
        ballot=BallotKind(ballot) if ballot else None,
        most=_number_of(rule.get("most")),
        counting=counting_of(rule),
    )


def _ballot_kept(voting: Voting) -> dict[str, Any]:
    assert voting.ballot is not None
    return {
        "ballot": voting.ballot.value,
        "most": _number_kept(voting.most),
        "counting": counting_kept(voting.counting),
    }


def _number_kept(number: Number | None) -> dict[str, Any] | None:
    return {"number": number.number, "source": number.source} if number else None


def _number_of(kept: dict[str, Any] | None) -> Number | None:
    return Number(kept["number"], kept["source"]) if kept else None


def _bar_kept(bar: Bar | None) -> dict[str, Any] | None:
    if bar is None:
        return None
    share: Fraction = bar.share
    return {
        "share": f"{share.numerator}/{share.denominator}",
        "of": bar.of.value,
        "more_than": bar.more_than,
        "source": bar.source,
    }


def _limit_kept(limit: Limit | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    span = limit.span
    return {"length": span.length, "kind": span.kind.value, "source": limit.source}


def _limit_of(kept: dict[str, Any] | None) -> Limit | None:
    if kept is None:
        return None
    return Limit(Span(kept["length"], SpanKind(kept["kind"])), kept["source"])
