"""What the public log keeps of one act, and what it refuses to keep."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from yishi.tlog.canonical import canonical
from yishi.tlog.leaf import Actor, Leaf, Rule, Subject

SIGNED = Leaf(
    log="yishi.example/xinghe",
    uid="e7",
    act="case.sign",
    subject=Subject("case", "c1"),
    no=3,
    actor=Actor("p9", "unit", office="street-office", unit="u4"),
    at=datetime(2026, 11, 21, 8, 0, tzinfo=UTC),
    rule=Rule("case-clocks", 1, "ab" * 32),
    before="dispatched",
    after="signed",
    facts={"hours": 2, "item": "manhole-cover"},
    digests={"case:c1": "cd" * 32},
)
WRITTEN = (
    '{"act":"case.sign","actor":{"office":"street-office","role":"unit","unit":"u4","who":"p9"},'
    '"after":"signed","at":"2026-11-21T08:00:00Z","before":"dispatched",'
    f'"digests":{{"case:c1":"{"cd" * 32}"}},"facts":{{"hours":2,"item":"manhole-cover"}},'
    '"format":"yishi/1","log":"yishi.example/xinghe","no":3,'
    f'"rule":{{"id":"case-clocks","sha256":"{"ab" * 32}","version":1}},'
    '"subject":{"kind":"case","uid":"c1"},"uid":"e7"}'
)
FIRST = Leaf(
    log="yishi.example/xinghe",
    uid="e1",
    act="report.submit",
    subject=Subject("report", "r1"),
    no=1,
    actor=Actor("p1", "resident"),
    at=datetime(2026, 11, 21, tzinfo=UTC),
)


def test_a_leaf_is_written_in_one_way_and_reads_back() -> None:
    assert SIGNED.to_bytes().decode() == WRITTEN
    assert Leaf.from_bytes(SIGNED.to_bytes()) == SIGNED
    assert Leaf.from_bytes(FIRST.to_bytes()) == FIRST


def test_a_resident_is_a_pseudonym_and_a_role() -> None:
    members = json.loads(FIRST.to_bytes())
    assert members["actor"] == {"role": "resident", "who": "p1"}
    assert (members["rule"], members["before"], members["after"]) == (None, None, None)


def test_the_moment_is_kept_in_utc_to_the_second() -> None:
    shanghai = timezone(timedelta(hours=8))
    at = datetime(2026, 11, 21, 16, 0, 0, 999_999, tzinfo=shanghai)
    assert replace(SIGNED, at=at) == SIGNED


def test_the_largest_leaf_and_one_byte_more() -> None:
    room = 65_535 - len(replace(FIRST, facts={"list": ""}).to_bytes())
    assert len(replace(FIRST, facts={"list": "x" * room}).to_bytes()) == 65_535
    with pytest.raises(ValueError, match=r"65,536 bytes, at most 65,535; .*by digest"):
        replace(FIRST, facts={"list": "x" * (room + 1)}).to_bytes()


def test_a_fact_without_canonical_form_is_named() -> None:
    with pytest.raises(TypeError, match=r"^\$\.facts\.share: float"):
        replace(FIRST, facts={"share": 0.5}).to_bytes()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"uid": ""}, "uid is not text"),
        ({"act": 1}, "act is not text"),
        ({"no": 0}, "no is not a whole number from 1"),
        ({"no": True}, "no is not a whole number from 1"),
        ({"before": ""}, "before is not text"),
        ({"at": datetime(2026, 11, 21)}, "at has no time zone"),  # noqa: DTZ001
        ({"digests": {"case:c1": "CD" * 32}}, "digests.case:c1 is not 64 lower-case hex"),
        ({"digests": {"case:c1": "cd" * 31}}, "digests.case:c1 is not 64 lower-case hex"),
    ],
)
def test_a_member_that_does_not_fit_is_named(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=f"^leaf: {message}"):
        replace(SIGNED, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "yishi/2"}, "format is not yishi/1"),
        ({"text": "my neighbour…"}, "members missing or unknown: text"),
        ({"subject": "c1"}, "subject is not an object"),
        ({"subject": {"kind": "case"}}, "subject has members missing or unknown"),
        ({"subject": {"kind": "case", "uid": 7}}, "subject.uid is not text"),
        ({"actor": {"who": "p1", "role": "unit", "phone": "1"}}, "actor has members missing"),
        ({"actor": {"who": "p1", "role": "unit", "unit": None}}, "actor has an empty member"),
        ({"at": "2026-11-21T08:00:00+00:00"}, "at is not a moment"),
        ({"at": "2026-02-30T08:00:00Z"}, "at is no moment"),
        ({"at": 0}, "at is not a moment"),
        ({"rule": []}, "rule is not an object"),
        ({"rule": {"id": "r", "version": [], "sha256": "ab" * 32}}, "rule.version is neither"),
        ({"facts": []}, "facts is not an object"),
        ({"digests": {"case:c1": None}}, "digests.case:c1 is not 64"),
        ({"no": "3"}, "no is not a whole number"),
    ],
)
def test_bytes_that_are_no_leaf_say_why(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=f"^leaf: {message}"):
        Leaf.from_bytes(canonical({**json.loads(WRITTEN), **change}))


def test_a_missing_member_is_named() -> None:
    members = json.loads(WRITTEN)
    del members["rule"], members["no"]
    with pytest.raises(ValueError, match=r"members missing or unknown: no, rule$"):
        Leaf.from_bytes(canonical(members))


def test_json_in_another_spelling_is_no_leaf() -> None:
    with pytest.raises(ValueError, match="not in canonical form"):
        Leaf.from_bytes(json.dumps(json.loads(WRITTEN)).encode())
