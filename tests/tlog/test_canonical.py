"""One value, one byte string (RFC 8785), and salted digests over it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishi.tlog.canonical import canonical, parse
from yishi.tlog.digest import digest

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
INTEGERS = st.integers(-(2**53 - 1), 2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ({}, "{}"),
        ([], "[]"),
        ("", '""'),
        (None, "null"),
        (True, "true"),
        (0, "0"),
        (-7, "-7"),
        (2**53 - 1, "9007199254740991"),
        (-(2**53 - 1), "-9007199254740991"),
        ({"b": 1, "a": [2, "三"]}, '{"a":[2,"三"],"b":1}'),
        ("井盖 / € \u007f", '"井盖 / € \u007f"'),
        ('"\\\b\f\n\r\t\x00\x1f', r'"\"\\\b\f\n\r\t\u0000\u001f"'),
    ],
)
def test_the_form_of_a_value(value: object, form: str) -> None:
    assert canonical(value) == form.encode()
    assert parse(form.encode()) == value


def test_keys_stand_in_the_order_of_their_utf16_code_units() -> None:
    # The example of RFC 8785 section 3.2.3: the emoji (a surrogate pair) before U+FB33.
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical(dict.fromkeys(keys, 0)))) == ordered


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (1.0, TypeError, r"^\$: float has no canonical form here$"),
        ({"facts": {"area": [1, 2.5]}}, TypeError, r"^\$\.facts\.area\[1\]: float"),
        ({"a": (1, 2)}, TypeError, r"^\$\.a: tuple"),
        ({"a": b"x"}, TypeError, r"^\$\.a: bytes"),
        ({"a": {1: 2}}, TypeError, r"^\$\.a: key of type int"),
        ({"a": 2**53}, ValueError, r"^\$\.a: integer outside"),
        ({"a": -(2**53)}, ValueError, r"^\$\.a: integer outside"),
        ({"a": "\ud800"}, ValueError, r"^\$\.a: text with a lone surrogate"),
        ({"\udfff": 1}, ValueError, r"^\$: text with a lone surrogate"),
    ],
)
def test_what_has_no_form_is_refused_by_its_path(
    value: object, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        canonical(value)


def test_deep_nesting_is_refused_before_the_stack_runs_out() -> None:
    deep: object = 0
    for _ in range(64):
        deep = [deep]
    assert canonical(deep) == b"[" * 64 + b"0" + b"]" * 64
    with pytest.raises(ValueError, match="more than 64 deep"):
        canonical([deep])
    with pytest.raises(ValueError):
        parse(b"[" * 30_000 + b"]" * 30_000)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b'"\\u4e09"',
        b'"\\ud800"',
        b"9007199254740992",
        b"9" * 5000,
        b" 1",
        b"1\n",
    ],
)
def test_another_spelling_is_not_read(data: bytes) -> None:
    with pytest.raises(ValueError):
        parse(data)


@given(VALUES)
def test_every_value_reads_back_and_agrees_with_the_json_module(value: object) -> None:
    assert parse(canonical(value)) == value
    assert json.loads(canonical(value)) == value


def test_a_digest_is_hmac_sha256_of_the_canonical_form() -> None:
    # The last one as openssl dgst -sha256 -mac HMAC gives it.
    assert digest(bytes(32), "井盖没了") == digest(bytes(32), '"井盖没了"'.encode())
    assert digest(bytes(32), {"b": 1, "a": "x"}) == digest(bytes(32), b'{"a":"x","b":1}')
    assert digest(bytes(range(32)), b"abc") == (
        "f0133729c4163dede81e21cd47839256da58171238c8a0d874397c73b14e1e47"
    )


def test_another_salt_is_another_digest() -> None:
    assert digest(bytes(32), "same") != digest(bytes(31) + b"\x01", "same")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=f"salt of {length} bytes; 32 are needed"):
        digest(bytes(length), "text")
