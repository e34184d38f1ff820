"""A community's own method on its way, as a table: who may move it where, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.core.sound_method import sound
from yishi.core.method import drafting
from yishi.core.method.drafting import Draft, DraftState, Moved, Part
from yishi.core.method.fault import Fault
from yishi.core.refusal import Refusal

TODAY = date(2026, 3, 11)
DIGEST = "a" * 64
ALL = dict.fromkeys(Part, True)
S = DraftState


def draft(state: DraftState = S.DRAFTING, **more: Any) -> Draft:
    """A draft named 小议; what was sent in this round is what is written in it."""
    given: dict[str, Any] = {"round": 0 if state is S.DRAFTING else 1, "digest": DIGEST}
    if state is S.SENT:
        given["sent"] = DIGEST
    return Draft("小议", state, **{**given, **more})


def send(one: Draft, unread: str = "", faults: tuple[Fault, ...] = (), same: bool = False) -> Any:
    return drafting.send(one, unread, faults, None if unread else sound(), same=same)


def say(
    one: Draft, part: Part = Part.LEGAL, yes: bool = True, words: str = "", at: str = ""
) -> Any:
    return drafting.say(one, part, at or one.digest, words, yes=yes)


def publish(one: Draft, **more: Any) -> Any:
    given: dict[str, Any] = {
        "digest": DIGEST,
        "resolution": "居民会议2026年3月10日决议",
        "faults": (),
        "method": sound(),
        "from_on": TODAY,
        "today": TODAY,
        **more,
    }
    return drafting.publish(one, **given)


FAULT = Fault("quorum_below_floor", "major", "vote", source="城市居民委员会组织法（2018）第九条")


@pytest.mark.parametrize(
    ("did", "state", "round"),
    [
        (send(draft()), S.SENT, 1),
        (send(draft(round=2)), S.SENT, 3),
        (say(draft(S.SENT)), S.SENT, 1),
        (say(draft(S.SENT), yes=False, words="再想想"), S.DRAFTING, 1),
        (say(draft(S.SENT, said={Part.FILING: True})), S.SENT, 1),
        (drafting.withdraw(draft(), "等换届"), S.WITHDRAWN, 0),
        (drafting.withdraw(draft(S.SENT), "等换届"), S.WITHDRAWN, 1),
        (publish(draft(S.SENT, said=ALL)), S.PUBLISHED, 1),
        (publish(draft(S.SENT, said=ALL), from_on=TODAY + timedelta(days=30)), S.PUBLISHED, 1),
    ],
)
def test_where_it_goes(did: Moved | Refusal, state: DraftState, round: int) -> None:
    assert isinstance(did, Moved), did
    assert (did.state, did.round) == (state, round)


@pytest.mark.parametrize(
    ("refused", "code", "need", "have"),
    [
        (send(draft(S.SENT)), "draft_not_drafting", "drafting", "sent"),
        (send(draft(S.PUBLISHED)), "draft_not_drafting", "drafting", "published"),
        (send(draft(), unread="sizes.1.name"), "draft_incomplete", None, "sizes.1.name"),
        (send(draft(), faults=(FAULT,)), "draft_faulty", None, (FAULT, sound())),
        (send(draft(), same=True), "draft_same", None, None),
        (say(draft()), "draft_not_sent", "sent", "drafting"),
        (say(draft(S.PUBLISHED)), "draft_not_sent", "sent", "published"),
        (say(draft(S.SENT), at="b" * 64), "draft_changed", "a" * 12, "b" * 12),
        (say(draft(S.SENT, sent="c" * 64)), "draft_changed", "c" * 12, "a" * 12),
        (say(draft(S.SENT, said={Part.LEGAL: True})), "word_said", None, Part.LEGAL),
        (say(draft(S.SENT), yes=False, words=" "), "why_missing", None, None),
        (drafting.withdraw(draft(), " "), "why_missing", None, None),
        (drafting.withdraw(draft(S.PUBLISHED), "不要了"), "draft_over", "sent", "published"),
        (drafting.withdraw(draft(S.WITHDRAWN), "不要了"), "draft_over", "sent", "withdrawn"),
        (publish(draft()), "draft_not_sent", "sent", "drafting"),
        (publish(draft(S.SENT)), "draft_unapproved", tuple(Part), ()),
        (
            publish(draft(S.SENT, said={**ALL, Part.FILING: False})),
            "draft_unapproved",
            tuple(Part),
            (Part.PARTY_COMMITTEE, Part.RESIDENTS_COMMITTEE, Part.LEGAL),
        ),
        (publish(draft(S.SENT, said=ALL), digest="b"), "draft_changed", "a" * 12, "b"),
        (publish(draft(S.SENT, said=ALL), resolution=""), "draft_source_missing", None, None),
        (publish(draft(S.SENT, said=ALL), resolution="决" * 201), "title_too_long", 200, 201),
        (
            publish(draft(S.SENT, said=ALL), from_on=date(2026, 3, 10)),
            "draft_day_over",
            TODAY,
            date(2026, 3, 10),
        ),
        (publish(draft(S.SENT, said=ALL), faults=(FAULT,)), "draft_faulty", None, (FAULT, sound())),
        (publish(draft(S.SENT, said=ALL), method=None), "draft_incomplete", None, ""),
        (drafting.change(draft(S.SENT), "about"), "draft_not_drafting", "drafting", "sent"),
        (drafting.copy(" ", "siyi 1"), "draft_name_missing", None, None),
        (drafting.copy("议" * 81, "siyi 1"), "title_too_long", 80, 81),
    ],
)
def test_what_is_refused(refused: Any, code: str, need: object, have: object) -> None:
    assert isinstance(refused, Refusal), refused
    assert (refused.code, refused.need, refused.have) == (code, need, have)


def test_a_fault_against_the_law_names_the_law() -> None:
    refused = send(draft(), faults=(FAULT,))
    assert refused.source == "城市居民委员会组织法（2018）第九条"


def test_who_is_missing_is_told_in_the_order_of_the_page() -> None:
    assert drafting.missing(draft(S.SENT)) == tuple(Part)
    one = draft(S.SENT, said={Part.LEGAL: True, Part.PARTY_COMMITTEE: True})
    assert drafting.missing(one) == (Part.RESIDENTS_COMMITTEE, Part.FILING)
    assert drafting.missing(replace(one, said=ALL)) == ()


def test_what_was_sent_stands_in_the_open_part_of_the_record() -> None:
    sent = send(draft(round=1))
    assert sent.event.facts == {"round": 2, "sha256": DIGEST}
    assert say(draft(S.SENT)).event.facts == {"part": "legal", "round": 1, "sha256": DIGEST}
