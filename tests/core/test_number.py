"""The number a resident quotes: the table of docs/algorithms/number.md, and mistypings."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishi.core.number import make_number, read_number, show_number
from yishi.core.refusal import Refusal

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("serial", "said"),
    [(0, "2611-0000-000"), (482_135, "2611-4821-350"), (999_999, "2611-9999-990")],
)
def test_the_worked_table(serial: int, said: str) -> None:
    number = make_number(DAY, serial)
    assert show_number(number) == said
    assert read_number(f" {said} ") == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "number_wrong"), ("2611-4821", "number_wrong"), ("2611-4821-355", "number_mistyped")],
)
def test_what_is_no_number_is_told(typed: str, code: str) -> None:
    said = read_number(typed)
    assert isinstance(said, Refusal) and said.code == code


@given(st.integers(0, 999_999), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(serial: int, place: int, off: int) -> None:
    number = make_number(DAY, serial)
    wrong = str((int(number[place]) + off) % 10)
    assert isinstance(read_number(number[:place] + wrong + number[place + 1 :]), Refusal)


@given(st.integers(0, 999_999), st.integers(0, 9))
def test_two_swapped_neighbours_are_always_found(serial: int, place: int) -> None:
    number = make_number(DAY, serial)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or isinstance(read_number(swapped), Refusal)
