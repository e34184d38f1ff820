"""Publishing a case: draft, review, sign-off, and taking it down at once."""

from yishi.acts.apply import HeldCase, Plan
from yishi.acts.case.act import act_on
from yishi.acts.door import Ask, Done
from yishi.core import publication
from yishi.core.outcome import Advanced
from yishi.core.publication import PublicationState
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Publication
from yishi.records.queries.rule import InForce


def draft(
    ask: Ask, case_uid: str, category: str, title: str, text: str, answer: str
) -> Done | Refusal:
    """A draft of what may be shown. Refuses with `never_public`, `text_missing`."""

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        if Publication.objects.filter(case=held.locked.case).exists():
            return Refusal("already_drafted")
        advanced = publication.draft(category, title, text, rules.terms.rules)
        if isinstance(advanced, Refusal):
            return advanced
        row = Publication(
            uid=new_uid(ask.entropy),
            case=held.locked.case,
            state=PublicationState.DRAFT,
            category=category,
            title=title,
            text=text,
            answer=answer,
            drafted_at=ask.now,
        )
        return Plan(advanced, after=(row,))

    return act_on(ask, "publication.draft", case_uid, decide)


def review(ask: Ask, case_uid: str) -> Done | Refusal:
    """Read by somebody else, for secrets and for people's data."""
    return _step(ask, "publication.review", case_uid)


def sign_off(ask: Ask, case_uid: str) -> Done | Refusal:
    """Signed by a third person: from now on anyone may read it."""
    return _step(ask, "publication.sign_off", case_uid)


def take_down(ask: Ask, case_uid: str, ground: str) -> Done | Refusal:
    """Off the board at once; the marker with its ground stays."""

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        row = _publication(held)
        if isinstance(row, Refusal):
            return row
        advanced = publication.take_down(row.uid, PublicationState(row.state), ground)
        if isinstance(advanced, Refusal):
            return advanced
        row.taken_down_at = ask.now
        Publication.objects.filter(pk=row.pk).update(taken_down_at=ask.now)
        return Plan(advanced, {"is_public": False})

    return act_on(ask, "publication.take_down", case_uid, decide)


def _step(ask: Ask, act: str, case_uid: str) -> Done | Refusal:
    def decide(held: HeldCase, rules: InForce) -> Plan | Advanced | Refusal:
        row = _publication(held)
        if isinstance(row, Refusal):
            return row
        advanced = publication.step(act, row.uid, PublicationState(row.state))
        if isinstance(advanced, Refusal) or act != "publication.sign_off":
            return advanced
        row.published_at = ask.now
        Publication.objects.filter(pk=row.pk).update(published_at=ask.now)
        return Plan(advanced, {"is_public": True})

    return act_on(ask, act, case_uid, decide)


def _publication(held: HeldCase) -> Publication | Refusal:
    row = Publication.objects.filter(case=held.locked.case).first()
    if row is None:
        return Refusal("not_found", have="publication")
    held.locked.others["publication", row.uid] = row
    return row
