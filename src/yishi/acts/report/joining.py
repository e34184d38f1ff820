"""A resident joins an open matter: their own report, handled with the one they chose."""

from dataclasses import dataclass

from yishi.acts.apply import HeldCase, Plan, hold, write_plan
from yishi.acts.case.act import too_long
from yishi.acts.door import Ask, Done, Step, enter
from yishi.acts.report.born import Into, write_new
from yishi.acts.report.filing import filing_of
from yishi.acts.report.words import HeldPlace, Words, hold_place, open_channels
from yishi.core.case import merging
from yishi.core.case.merging import FOLLOWED, Both
from yishi.core.case.state import MOVABLE
from yishi.core.permit import Permitted, Subject
from yishi.core.refusal import Refusal
from yishi.core.similar import OpenMatter, check_joining
from yishi.records.models import Case, Clock
from yishi.records.queries.rule import today_of
from yishi.records.queries.similar import similar_rules

CLOSED = Refusal("join_closed", source="norms.md §1 Similar matters")


@dataclass
class HeldJoin:
    """Where the new matter will be, and the open one it joins, locked."""

    place: HeldPlace
    main: HeldCase

    @property
    def subject(self) -> Subject:
        return self.main.subject

    @property
    def version(self) -> int | None:
        # What others do to the matter meanwhile does not stand in the way of joining it.
        return None


def join(ask: Ask, words: Words, main_uid: str) -> Done | Refusal:
    """The resident's words and photos become a report of their own, with its own number, thread,
    answer and rating, merged at birth into the open matter `main_uid`.

    Refuses as `acts.report.file` and `core.case.merging.join` do, and with `join_closed` (one
    answer for a matter that is not there, not open, elsewhere or private), `join_own`,
    `similar_off`. Nothing is written then, so the words can be filed on their own.
    """

    def lock() -> HeldJoin | Refusal:
        place = hold_place(words, ask.now)
        if isinstance(place, Refusal):
            return place
        main = hold(main_uid)
        if isinstance(main, Refusal) or main.locked.now.state not in MOVABLE:
            return CLOSED
        return HeldJoin(place, main)

    def decide(held: HeldJoin) -> Both | Refusal:
        day, place = today_of(ask.now), held.place.place
        rules = similar_rules(place, day)
        if rules is None:
            return Refusal("similar_off", have=place.name)
        matter = _matter(held.main)
        if barred := check_joining(matter, place.pk, ask.actor.person_id, day, rules):
            return barred
        in_force = held.place.rules
        both = merging.join(
            filing_of(words, for_another=False),
            held.main.locked.now,
            in_force.terms,
            ask.now,
            open_channels(ask, held.place),
        )
        if isinstance(both, Refusal):
            return both
        return too_long(both.case, in_force) or both

    def write(held: HeldJoin, both: Both, granted: Permitted) -> Done:
        into = Into(held.main, both.clocks)
        done = write_new(ask, "report.join", words, held.place, both.case, granted, "", (), into)
        # The main case is held to the clocks of what joins it.
        held.main.locked.clocks.extend(_followed(done.uid))
        write_plan(ask, "report.join", held.main, Plan(both.main), granted)
        return done

    return enter(ask, Step("report.join", lock, decide, write))


def _matter(main: HeldCase) -> OpenMatter:
    case, reports = main.locked.case, main.locked.reports
    return OpenMatter(
        community=case.place_id,
        filed_on=today_of(case.filed_at),
        movable=True,
        texts=(*_item(case), *(report.words for report in reports)),
        raised_by=frozenset(r.person_id for r in reports if r.person_id is not None),
    )


def _item(case: Case) -> tuple[str, ...]:
    """What the responsibility list calls it, as far as it is sorted."""
    row = case.duty
    return (case.item_title, *((row.major, row.minor) if row else ()))


def _followed(case_uid: str) -> list[Clock]:
    return list(Clock.objects.filter(case__uid=case_uid, kind__in=FOLLOWED, ended_at=None))
