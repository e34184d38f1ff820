"""Bodies say what they think of a project, others what they would do it for; it is costed."""

from dataclasses import dataclass

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.project.act import act_on, fitting, wrote
from yishi.core.project import costing
from yishi.core.project.now import OpinionOn, ProjectState
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile, keep_file
from yishi.records.models import Body, ProjectOpinion, Quotation
from yishi.records.queries.project import HeldProject, project_of
from yishi.records.queries.project_money import (
    body_on_line,
    quotations_of,
    worked_out,
)
from yishi.records.queries.project_works import speaks_for


@dataclass(frozen=True)
class Said:
    """An opinion as it comes in; `paper`: as the body wrote it, needed where somebody else writes
    it down; `amount_fen`: of a cost."""

    on: OpinionOn
    is_favourable: bool
    words: str
    amount_fen: int | None = None
    paper: NewFile | None = None


def add_opinion(ask: Ask, uid: str, body_uid: str, said: Said) -> Done | Refusal:
    """A named body says what it thinks, itself or as the desk writes it down.

    Refuses as `core.project.costing.add_opinion`, and with `not_found`, `words_personal`,
    `words_too_long`.
    """
    body = _body(uid, body_uid)
    if body is None:
        return Refusal("not_found", have="body")

    def do(held: HeldProject) -> Written | Refusal:
        opinion = costing.OpinionNow(
            said.on,
            body.uid,
            said.is_favourable,
            said.words.strip(),
            said.amount_fen,
            paper=said.paper is not None,
            own=speaks_for(ask.actor, body.pk),
        )
        event = fitting(ask, held.topic.place, costing.add_opinion(held.now, opinion))
        if isinstance(event, Refusal):
            return event
        row = ProjectOpinion(
            uid=new_uid(ask.entropy),
            project=held.project,
            body=body,
            on=said.on,
            is_favourable=said.is_favourable,
            amount_fen=said.amount_fen,
            words=opinion.words,
            file=keep_file(said.paper, ask.now) if said.paper else None,
            by_id=ask.actor.person_id,
            at=ask.now,
        )
        row.save(force_insert=True)
        return wrote(held, event, {}, [row])

    return act_on(ask, "project.add_opinion", uid, do, units=[body.pk])


def add_quotation(
    ask: Ask, uid: str, bidder: str, amount_fen: int, paper: NewFile | None
) -> Done | Refusal:
    """What somebody would do it for. Refuses as `core.project.costing.add_quotation`, and with
    `words_personal`."""

    def do(held: HeldProject) -> Written | Refusal:
        known = {one.bidder for one in quotations_of(held.project)}
        has_paper = paper is not None
        said = costing.add_quotation(held.now, bidder, amount_fen, known, paper=has_paper)
        event = fitting(ask, held.topic.place, said, bidder)
        if isinstance(event, Refusal):
            return event
        assert paper is not None
        row = Quotation(
            uid=new_uid(ask.entropy),
            project=held.project,
            bidder=bidder.strip(),
            amount_fen=amount_fen,
            file=keep_file(paper, ask.now),
            by_id=ask.actor.person_id,
            at=ask.now,
        )
        row.save(force_insert=True)
        return wrote(held, event, {}, [row])

    return act_on(ask, "project.add_quotation", uid, do)


def cost(
    ask: Ask, uid: str, body_uid: str, cost_fen: int, urgency: int, households: int
) -> Done | Refusal:
    """What it is to cost, as a named body worked it out, how urgent it is and how many households
    benefit. Refuses as `core.project.costing.cost`, and with `not_found`."""
    body = _body(uid, body_uid)
    if body is None:
        return Refusal("not_found", have="body")

    def do(held: HeldProject) -> Written | Refusal:
        costed = costing.Costed(body.uid, cost_fen, urgency, households)
        event = costing.cost(
            held.now,
            held.terms,
            costed,
            worked_out(held.project, body),
            len(quotations_of(held.project)),
        )
        if isinstance(event, Refusal):
            return event
        values = {
            "state": ProjectState.COSTED,
            "cost_fen": cost_fen,
            "costed_by": body,
            "urgency": urgency,
            "households": households,
        }
        return wrote(held, event, values)

    return act_on(ask, "project.cost", uid, do, units=[body.pk])


def take_quotation(ask: Ask, uid: str, quotation_uid: str, why: str = "") -> Done | Refusal:
    """One of the quotations is taken; another that was taken before is not any more. Refuses as
    `core.project.costing.take_quotation`, and with `words_personal`, `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        quotations = quotations_of(held.project)
        event = fitting(
            ask,
            held.topic.place,
            costing.take_quotation(held.now, quotation_uid, quotations, held.terms, why),
        )
        if isinstance(event, Refusal):
            return event
        rows = list(Quotation.objects.filter(project=held.project, is_taken=True))
        for row in rows:
            row.is_taken, row.why = False, ""
            row.save(update_fields=["is_taken", "why"])
        taken = Quotation.objects.get(project=held.project, uid=quotation_uid)
        taken.is_taken, taken.why = True, why.strip()
        taken.save(update_fields=["is_taken", "why"])
        return wrote(held, event, {}, [*(one for one in rows if one.pk != taken.pk), taken])

    return act_on(ask, "project.take_quotation", uid, do)


def _body(uid: str, body_uid: str) -> Body | None:
    found = project_of(uid)
    return body_on_line(body_uid, found.topic.place) if found else None
