"""Open matters like what somebody is writing: the few they may see, each with why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from yishi.assist.similar import Likeness, Matter
from yishi.assist.text import says_where
from yishi.core.case.state import MOVABLE, CaseState
from yishi.core.person import Actor
from yishi.core.similar import OpenMatter, SimilarRules, check_joining
from yishi.records.alike import OPEN, place_of, redaction_at, terms_of, without_names
from yishi.records.models import Building, Case, Clock, Link, Place
from yishi.records.queries.case_list import ROW
from yishi.records.queries.lately import lately
from yishi.records.queries.permit import visible
from yishi.records.queries.report import awaited
from yishi.records.queries.rule import adopted, parsed, today_of

# Looked at before those one may not see are left out. Ours.
LOOKED_AT = 15
# What is being written has no number yet.
UNWRITTEN = -1


@dataclass(frozen=True)
class Written:
    """What somebody is writing, and where it is."""

    text: str
    place: Place
    building: Building | None = None
    spot: str = ""


@dataclass(frozen=True)
class Offer:
    """An open matter like it: a row of `case_list.ROW` with `nature`, and why it is alike.

    `like.words` holds for a resident only what several matters say. `residents`: how many raised
    it; `own`: the uid of the asker's own report on it, ""; `clocks`: its open ones.
    """

    row: dict[str, Any]
    like: Likeness
    residents: int
    own: str
    clocks: tuple[Clock, ...]


def similar_rules(place: Place, day: date) -> SimilarRules | None:
    """The rules in force at `place` on `day`; None where none are adopted: nothing is offered.
    One statement."""
    row = adopted(place, day, maybe=("similar",)).get("similar")
    return parsed(row) if row else None


def rules_offered_by(place: Place, now: datetime) -> SimilarRules | None:
    """The same for what a page offers, remembered for a minute."""
    day = today_of(now)
    return lately("similar", (place.pk, day), lambda: (similar_rules(place, day),))[0]


def offers_to_resident(
    written: Written, actor: Actor, rules: SimilarRules, now: datetime
) -> list[Offer]:
    """Those this resident may join, or is on already, likeliest first; at most `offer_most`.

    What the act would refuse is not offered. Nobody's words are among what is answered.
    """
    day, community = today_of(now), written.place.pk
    found = []
    for row, like in _alike(written, rules, now):
        matter = OpenMatter(
            community=row["place_id"],
            filed_on=today_of(row["filed_at"]),
            movable=CaseState(row["state"]) in MOVABLE,
            texts=(
                row["item_title"],
                row["duty__major"] or "",
                row["duty__minor"] or "",
                *row["said"],
            ),
            raised_by=frozenset(row["mine"]),
        )
        barred = check_joining(matter, community, actor.person_id, day, rules)
        if barred is None or (
            barred.code == "join_own" and _is_shown(matter, community, day, rules)
        ):
            found.append((row, like, row["mine"].get(actor.person_id, "")))
    return _offers(found[: rules.offer_most], rules, told_to_all=True)


def offers_to_staff(
    written: Written, actor: Actor, rules: SimilarRules, now: datetime
) -> list[Offer]:
    """Those a member of staff may see in lists, likeliest first; at most `offer_most`."""
    alike = _alike(written, rules, now)
    seen = set(
        Case.objects.filter(
            visible(actor, "case.list"), pk__in=[row["id"] for row, _ in alike]
        ).values_list("pk", flat=True)
    )
    found = [(row, like, "") for row, like in alike if row["id"] in seen]
    return _offers(found[: rules.offer_most], rules, told_to_all=False)


def likeliest(case: Case, now: datetime) -> list[int]:
    """The open cases of its community that are likely the same as `case`, likeliest first; none
    where nothing is offered. Only the statements by which the memory catches up."""
    rules = rules_offered_by(case.place, now)
    known = OPEN.catch_up(now).get(case.pk) if rules else None
    if rules is None or known is None:
        return []
    index = OPEN.index(case.place_id, now, terms_of(rules))
    found = index.candidates(known.matter, LOOKED_AT, float(rules.offer_likely))
    return [key for key, _ in found]


def _is_shown(matter: OpenMatter, community: int, day: date, rules: SimilarRules) -> bool:
    return check_joining(matter, community, None, day, rules) is None


def _alike(
    written: Written, rules: SimilarRules, now: datetime
) -> list[tuple[dict[str, Any], Likeness]]:
    """Open matters of the same community that are likely the same, likeliest first, each as the
    database has it now, with `said`, `residents` and `mine`, person → report.

    Three statements, and those by which the memory catches up.
    """
    community = written.place.pk
    hidden = redaction_at(community, today_of(now))
    if hidden is None:
        return []
    text = without_names(written.text, hidden)
    if sum(sign.isalnum() for sign in text) < rules.letters:
        return []
    building = written.building
    matter = Matter(
        key=UNWRITTEN,
        text=text,
        at=now,
        place=place_of(
            community,
            building.estate_id if building else None,
            building.pk if building else None,
        ),
        spot=without_names(written.spot, hidden),
    )
    index = OPEN.index(community, now, terms_of(rules))
    found_near = index.candidates(matter, LOOKED_AT, float(rules.offer_likely))
    names = [written.place.name, building.name if building else ""]
    near = {
        key: like for key, like in found_near if like.same_item or not says_where(like.words, names)
    }
    since = now - timedelta(days=rules.offer_days + 1)
    rows = Case.objects.filter(pk__in=list(near), state__in=sorted(MOVABLE), filed_at__gt=since)
    more = ("nature", "place_id", "building_id", "duty__major", "duty__minor")
    found = {row["id"]: row for row in rows.values(*ROW, *more)}
    for row in found.values():
        row |= {"said": [], "mine": {}, "residents": 0}
    links = Link.objects.filter(case_id__in=list(found), until_at=None, report__withdrawn_at=None)
    for case, words, person, uid in links.values_list(
        "case_id", "report__words", "report__person_id", "report__uid"
    ):
        row = found[case]
        row["said"].append(words)
        row["residents"] += 1
        if person is not None:
            row["mine"][person] = uid
    return [(found[key], like) for key, like in near.items() if key in found]


def _offers(
    found: Iterable[tuple[dict[str, Any], Likeness, str]],
    rules: SimilarRules,
    *,
    told_to_all: bool,
) -> list[Offer]:
    """With their clocks. One statement."""
    found = list(found)
    clocks = awaited(row["id"] for row, _, _ in found)
    offers = []
    for row, like, own in found:
        words = like.words
        if told_to_all:
            words = tuple(word for word in words if _is_common(word, rules.said_by))
        kept = Likeness(like.score, words, like.same_place, like.same_item, like.days)
        shown = {key: value for key, value in row.items() if key not in ("said", "mine")}
        offers.append(Offer(shown, kept, row["residents"], own, tuple(clocks.get(row["id"], []))))
    return offers


def _is_common(word: str, said_by: int) -> bool:
    """Whether so many open matters say it: a word of one or two may point to somebody."""
    if any(sign.isdigit() for sign in word):
        return False
    said = 0
    for row in list(OPEN.known.values()):
        said += word in row.matter.text
        if said >= said_by:
            return True
    return False
