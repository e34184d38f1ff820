"""并案 and its undoing: two cases in one act, both locked, both journaled, nothing deleted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from yishi.acts.apply import HeldCase, Plan, hold, write_plan
from yishi.acts.case.act import too_long
from yishi.acts.case.intake import first_asked
from yishi.acts.door import Ask, Done, Step, enter
from yishi.core.case import merging
from yishi.core.case.merging import Both
from yishi.core.case.state import CaseState
from yishi.core.clock import ClockState
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Clock, Link, Merge
from yishi.records.queries.case import gather
from yishi.records.queries.rule import in_force, today_of


@dataclass
class HeldPair:
    """A case and the main one it is or will be merged into, both locked."""

    case: HeldCase
    main: HeldCase

    @property
    def subject(self) -> Subject:
        return self.case.subject

    @property
    def version(self) -> int | None:
        return self.case.version


@dataclass
class Planned:
    """A decision about both, and the row of the merge."""

    both: Both
    merge: Merge


def merge(ask: Ask, main_uid: str, case_uids: Sequence[str], why: str = "") -> list[Done | Refusal]:
    """Each of `case_uids` into the main case, one act each: what one refuses stops no other.

    Refuses as `core.case.merging.merge`, and with `not_found`, `key_missing`. `ask.version` is
    not looked at: what a list showed of many cases is checked case by case.
    """
    if not ask.key:
        return [Refusal("key_missing") for _ in case_uids]
    return [
        merge_one(
            Ask(ask.actor, ask.now, f"{ask.key[:52]}-{n}", None, ask.entropy), uid, main_uid, why
        )
        for n, uid in enumerate(dict.fromkeys(case_uids))
    ]


def merge_one(ask: Ask, case_uid: str, main_uid: str, why: str) -> Done | Refusal:
    """One case into the main one. Refuses as `core.case.merging.merge`, and with `not_found`."""

    def decide(held: HeldPair) -> Planned | Refusal:
        case, main = held.case.locked, held.main.locked
        granted = permit(ask.actor, "case.take_in", main.subject)
        if isinstance(granted, Refusal):
            return granted
        rules = in_force(main.case.place, today_of(ask.now))
        both = merging.merge(case.now, main.now, why, rules.terms, ask.now)
        if isinstance(both, Refusal):
            return both
        if longer := too_long(both.case, rules):
            return longer
        row = Merge(
            uid=new_uid(ask.entropy),
            case=case.case,
            main=main.case,
            why=why,
            merged_by_id=ask.actor.person_id,
            merged_at=ask.now,
            before={"state": case.case.state, "clocks": dict(both.clocks)},
        )
        return Planned(both, row)

    def write(held: HeldPair, planned: Planned, granted: Permitted) -> Done:
        case, main = held.case.locked.case, held.main.locked.case
        _relink(held.case, held.main, ask)
        values = {"main_id": main.pk, **first_asked(ask, case)}
        plan = Plan(planned.both.case, values, after=(planned.merge,))
        write_plan(ask, "case.merge", held.case, plan, granted)
        # The main case is now held to these clocks as well.
        held.main.locked.clocks.extend(_followed(held.case.locked.clocks))
        done = write_plan(ask, "case.take_in", held.main, Plan(planned.both.main), granted)
        return Done(case.uid, case.number, done.version, "case.merged")

    return _enter(ask, "case.merge", case_uid, main_uid, decide, write)


def unmerge(ask: Ask, case_uid: str, why: str) -> Done | Refusal:
    """Taken out again: its clocks, its state, its residents as they were.

    Refuses as `core.case.merging.unmerge`, and with `not_merged`.
    """
    # The latest, also where it is undone: a form sent twice finds its first result in the door.
    merge = Merge.objects.filter(case__uid=case_uid).select_related("main").order_by("-id").first()
    if merge is None:
        return Refusal("not_merged", have=case_uid)

    def decide(held: HeldPair) -> Planned | Refusal:
        case, main = held.case.locked, held.main.locked
        if not Merge.objects.filter(pk=merge.pk, undone_at=None).exists():
            return Refusal("stale")
        kept = merge.before["clocks"]
        # Also those that have ended meanwhile: undoing may have to wake them.
        rows = list(Clock.objects.filter(case=case.case, uid__in=list(kept)).order_by("id"))
        held.case.locked = gather(case.case, rows)
        rules = in_force(main.case.place, today_of(ask.now))
        back = _went(case.case.pk, merge).count()
        both = merging.unmerge(
            held.case.locked.now,
            main.now,
            CaseState(merge.before["state"]),
            {uid: ClockState(state) for uid, state in kept.items()},
            back,
            why,
            rules.terms,
            ask.now,
        )
        if isinstance(both, Refusal):
            return both
        return too_long(both.case, rules) or Planned(both, merge)

    def write(held: HeldPair, planned: Planned, granted: Permitted) -> Done:
        case, main = held.case.locked.case, held.main.locked.case
        merge.undone_at, merge.undone_by_id = ask.now, ask.actor.person_id
        merge.why_undone = why
        merge.save(update_fields=["undone_at", "undone_by", "why_undone"])
        reports = list(_went(case.pk, merge).values_list("report_id", flat=True))
        Link.objects.filter(case=main, report_id__in=reports, until_at=None).update(
            until_at=ask.now
        )
        Link.objects.bulk_create(
            [Link(report_id=report, case=case, from_at=ask.now) for report in reports]
        )
        left = {clock.uid for clock in held.case.locked.clocks}
        clocks = held.main.locked.clocks
        held.main.locked.clocks = [clock for clock in clocks if clock.uid not in left]
        done = write_plan(
            ask,
            "case.unmerge",
            held.case,
            Plan(planned.both.case, {"main_id": None}),
            granted,
            also=(merge,),
        )
        write_plan(ask, "case.let_go", held.main, Plan(planned.both.main), granted)
        return done

    return _enter(ask, "case.unmerge", case_uid, merge.main.uid, decide, write)


def _enter(
    ask: Ask,
    act: str,
    case_uid: str,
    main_uid: str,
    decide: Callable[[HeldPair], Planned | Refusal],
    write: Callable[[HeldPair, Planned, Permitted], Done],
) -> Done | Refusal:
    """Locks both in the order of their uids, so that two people cannot wait for each other."""

    def lock() -> HeldPair | Refusal:
        held = {}
        for uid in sorted({case_uid, main_uid}):
            found = hold(uid)
            if isinstance(found, Refusal):
                return found
            held[uid] = found
        return HeldPair(held[case_uid], held[main_uid])

    return enter(ask, Step(act, lock, decide, write, subject=case_uid))


def _relink(case: HeldCase, main: HeldCase, ask: Ask) -> None:
    """Every resident's thread goes on in the main case; where it was stays dated."""
    reports = case.locked.reports
    Link.objects.filter(case=case.locked.case, report__in=reports, until_at=None).update(
        until_at=ask.now
    )
    Link.objects.bulk_create(
        [Link(report=report, case=main.locked.case, from_at=ask.now) for report in reports]
    )


def _followed(clocks: Sequence[Clock]) -> list[Clock]:
    return [clock for clock in clocks if clock.kind in merging.FOLLOWED]


def _went(case: int, merge: Merge) -> QuerySet[Link]:
    """The dated links of the reports that went with this merge and are still with the main one."""
    here = Link.objects.filter(case=merge.main_id, until_at=None, report__withdrawn_at=None)
    return Link.objects.filter(
        case=case, until_at=merge.merged_at, report_id__in=here.values("report_id")
    )
