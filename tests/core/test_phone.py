"""Mobile phones as people type them."""

import pytest

from yishi.core.phone import mask_name, mask_phone, read_phone
from yishi.core.refusal import Refusal


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+8613800138000",
        "+86 138 0013 8000",
        "8613800138000",
        "008613800138000",
        "１３８００１３８０００",
    ],
)
def test_one_number_however_it_is_written(typed: str) -> None:
    assert read_phone(typed) == "+8613800138000"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1380013800",
        "138001380000",
        "12800138000",
        "010-65001234",
        "+14155550123",
        "王桂英",
        "1380013800O",
        "²3800138000",
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    refusal = read_phone(typed)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.need, refusal.unit) == ("phone_unreadable", 11, "digit")


def test_no_more_is_shown_than_needed() -> None:
    assert mask_phone("+8613800138000") == "138****8000"
    assert mask_phone("") == ""
    assert mask_phone("123") == "****"
    assert [mask_name(name) for name in ("王桂英", "王", "")] == ["王**", "王", ""]
