"""剔除 and 申诉: a rating is asked to be left out of the rates, and somebody else decides."""

from yishi.acts.at_place import Written, act_at, fitting, one_at_a_time
from yishi.acts.door import Ask, Done
from yishi.core import exclusion
from yishi.core.exclusion import STANDING, ExclusionState
from yishi.core.permit import Permitted, permit
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Exclusion, Rating
from yishi.records.queries.exclusion import about, rate_rules
from yishi.records.queries.rule import in_force, today_of


def ask_exclusion(ask: Ask, rating_uid: str, reason: str, words: str) -> Done | Refusal:
    """A unit appeals against a rating of its work, or staff asks for one to be left out.

    Refuses as `core.exclusion.ask`, and with `not_found`, `rules_missing`, `words_too_long`.
    """
    rating = _rating(rating_uid)
    if rating is None:
        return Refusal("not_found", have="rating")
    place, subject = rating.case.place, about(rating.case)
    granted = permit(ask.actor, "exclusion.ask", subject)
    appeals = isinstance(granted, Permitted) and granted.role is Role.UNIT_HANDLER
    uid = new_uid(ask.entropy)

    def do() -> Written | Refusal:
        one_at_a_time(place)
        today = today_of(ask.now)
        rules = rate_rules(place, today)
        said = exclusion.ask(
            reason,
            words,
            rules,
            in_force(place, today).terms,
            rated_at=rating.rated_at,
            now=ask.now,
            appeals=appeals,
            stands=Exclusion.objects.filter(rating=rating, state__in=STANDING).exists(),
            number=rating.case.number,
            unit=rating.case.lead.name if appeals and rating.case.lead else "",
        )
        event = fitting(ask, place, said)
        if isinstance(event, Refusal):
            return event
        row = Exclusion(
            uid=uid,
            rating=rating,
            case=rating.case,
            unit=rating.case.lead if appeals else None,
            reason=reason,
            reach=rules.reasons[reason].reach,
            words=words,
            state=ExclusionState.ASKED,
            asked_by_id=ask.actor.person_id,
            asked_at=ask.now,
        )
        row.save(force_insert=True)
        return Written(event, (row,), state=row.state)

    return act_at(ask, "exclusion.ask", place, "exclusion", uid, do, part="asked", about=subject)


def decide_exclusion(ask: Ask, exclusion_uid: str, approved: bool, words: str) -> Done | Refusal:
    """Left out or not, decided by who neither asked for it nor handled the matter.

    Refuses as `core.exclusion.decide`, and with `not_found`, `words_too_long`.
    """
    found = Exclusion.objects.select_related("case__place").filter(uid=exclusion_uid).first()
    if found is None:
        return Refusal("not_found", have="exclusion")
    place = found.case.place

    def do() -> Written | Refusal:
        one_at_a_time(place)
        row = Exclusion.objects.get(pk=found.pk)
        said = exclusion.decide(
            approved,
            words,
            state=ExclusionState(row.state),
            reason=row.reason,
            number=found.case.number,
        )
        event = fitting(ask, place, said)
        if isinstance(event, Refusal):
            return event
        row.state = ExclusionState.APPROVED if approved else ExclusionState.REFUSED
        row.decision, row.decided_by_id, row.decided_at = words, ask.actor.person_id, ask.now
        row.save(update_fields=["state", "decision", "decided_by", "decided_at"])
        return Written(event, (row,), state=row.state)

    return act_at(
        ask, "exclusion.decide", place, "exclusion", found.uid, do, about=about(found.case)
    )


def _rating(uid: str) -> Rating | None:
    return Rating.objects.select_related("case__place", "case__lead").filter(uid=uid).first()
