"""Wishes of a round, row by row: what is taken when, what a screening needs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from yishi.core.caserules import Text
from yishi.core.method.language import StageKind
from yishi.core.method.round import FundKind, Listed, Payer, ProjectKind, Round
from yishi.core.outcome import Event
from yishi.core.project.now import ENDED, ProjectState
from yishi.core.refusal import Refusal
from yishi.core.round import proposing, screening
from yishi.core.round.now import CameBy, ProposalState
from yishi.core.round.proposing import Call, Wish
from yishi.core.round.screening import Beside, Made, Standing

NOW = datetime(2026, 4, 2, 1, 0, tzinfo=UTC)
P = ProposalState
TERMS = Round(
    kinds=(ProjectKind("works", Text("工程类"), 50_000_000, "norms.md §3"),),
    positive=(Listed("road", Text("道路"), "practice G10"),),
    negative=(Listed("private", Text("自家的开支"), "norms.md §3"),),
    funds=(FundKind("fund", Text("专项资金"), Payer.FUND, "practice G10"),),
    quotes=3,
    quotes_from_fen=500_000,
    self_built_fen=0,
    sweep_month=3,
    sources={},
)
CALL = Call(StageKind.COLLECT, NOW + timedelta(days=1))
WISH = Wish("修路", "坑洼积水", "works", "road", "东门")
MADE = Made("修平路面", "铺沥青", "works", False, "问过街道")
WAITS = Standing(P.FILED, StageKind.SCREEN)


def said(answer: Event | Refusal) -> str:
    return answer.code


@pytest.mark.parametrize(
    ("call", "own", "answer"),
    [
        (CALL, 0, "proposal.filed"),
        (CALL, 4, "proposal.filed"),
        (CALL, 5, "proposals_many"),
        (Call(StageKind.COLLECT, None), 0, "proposal.filed"),
        (Call(StageKind.COLLECT, NOW), 0, "call_over"),
        (Call(StageKind.NOTICE), 0, "call_not_open"),
        (Call(""), 0, "call_not_open"),
    ],
)
def test_a_wish_is_taken_while_the_call_runs(call: Call, own: int, answer: str) -> None:
    assert said(proposing.file(TERMS, call, WISH, CameBy.RESIDENT, own, NOW)) == answer


def test_the_terms_say_how_many_wishes_one_person_has() -> None:
    two = replace(TERMS, wishes_each=2, sources={"wishes_each": "街道通知"})
    refused = proposing.file(two, CALL, WISH, CameBy.RESIDENT, 2, NOW)
    assert refused == Refusal("proposals_many", 2, 2, "proposal", "街道通知")


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"listed": ""}, None),
        ({"title": "路" * 80}, None),
        ({"title": "路" * 81}, "title_too_long"),
        ({"title": "\n "}, "proposal_title_missing"),
        ({"words": " "}, "words_missing"),
        ({"kind": ""}, "project_kind_unknown"),
        ({"listed": "airport"}, "listed_unknown"),
        ({"spot": "东" * 121}, "spot_too_long"),
    ],
)
def test_what_a_wish_needs(change: dict[str, str], answer: str | None) -> None:
    found = proposing.check_wish(TERMS, replace(WISH, **change))
    assert (found.code if found else None) == answer


@pytest.mark.parametrize("state", list(P))
def test_only_what_waits_is_changed_taken_back_or_judged(state: ProposalState) -> None:
    waits = state is P.FILED
    stands = Standing(state, StageKind.SCREEN)
    answers = {
        "proposal.changed": proposing.change(TERMS, CALL, state, WISH, NOW),
        "proposal.withdrawn": proposing.withdraw(state),
        "proposal.passed": screening.pass_(TERMS, stands, MADE),
        "proposal.refused": screening.refuse(TERMS, stands, "private", "自家的"),
        "proposal.joined": screening.join(stands, ProjectState.SCREENED, "同一件", same_round=True),
    }
    for code, answer in answers.items():
        assert said(answer) == (code if waits else "proposal_decided"), (state, code)
    parted = screening.part(stands, "不是同一件")
    assert said(parted) == ("proposal.parted" if state is P.JOINED else "proposal_not_joined")


@pytest.mark.parametrize("stage", ["", *(kind for kind in StageKind)])
def test_wishes_are_judged_in_the_screening_alone(stage: str) -> None:
    answer = screening.refuse(TERMS, Standing(P.FILED, stage), "private", "自家的")
    right = stage == StageKind.SCREEN
    assert said(answer) == ("proposal.refused" if right else "not_screening")


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({}, "proposal.passed"),
        ({"planned": None}, "planned_unsaid"),
        ({"planned": True}, "planned_already"),
        ({"checked": ""}, "checked_missing"),
        ({"kind": "airport"}, "project_kind_unknown"),
        ({"title": "路" * 81}, "title_too_long"),
    ],
)
def test_what_a_project_needs_to_begin(change: dict[str, object], answer: str) -> None:
    made = replace(MADE, **change)  # type: ignore[arg-type]
    assert said(screening.pass_(TERMS, WAITS, made)) == answer


@pytest.mark.parametrize("state", list(ProjectState))
def test_a_wish_goes_on_only_with_what_goes_on(state: ProjectState) -> None:
    answer = screening.join(WAITS, state, "同一件", same_round=True)
    assert said(answer) == ("project_over" if state in ENDED else "proposal.joined")
    assert said(screening.join(WAITS, state, "同一件", same_round=False)) == "not_found"


def test_a_refusal_names_the_entry_that_was_posted() -> None:
    assert said(screening.refuse(TERMS, WAITS, "ugly", "不好看")) == "negative_unknown"
    assert said(screening.refuse(TERMS, WAITS, "private", "")) == "words_missing"
    answer = screening.refuse(TERMS, WAITS, "private", "自家的门")
    assert isinstance(answer, Event)
    assert answer.params == {"words": "自家的门", "ground": "自家的开支"}
    assert answer.facts == {"ground": "private"}


def test_one_project_split_is_of_one_kind_and_of_one_author_or_place() -> None:
    one = Beside("a", "p1", "1|", "works")
    others = [
        one,
        Beside("b", "p1", "", "works"),
        Beside("c", "p2", "1|", "works"),
        Beside("d", "p1", "1|", "services"),
        Beside("e", "p2", "2|", "works"),
        Beside("f", "", "", "works"),
    ]
    assert screening.maybe_split(one, others) == ("b", "c")
    assert screening.maybe_split(Beside("x", "", "", "works"), others) == ()
