"""A door counts once, by the last call there; doors are typed as people type them."""

import pytest

from yishi.core.topic.doors import doors_in, moved


@pytest.mark.parametrize(
    ("standing", "labels", "found", "counts"),
    [
        ({}, ["101", "102"], "delivered", {"delivered": 2}),
        ({}, ["101", "101"], "delivered", {"delivered": 1}),
        ({"101": "absent"}, ["101"], "delivered", {"delivered": 1, "absent": -1}),
        ({"101": "delivered"}, ["101"], "delivered", {}),
        ({"101": "delivered"}, ["101", "102"], "refused", {"refused": 2, "delivered": -1}),
        ({}, [""], "delivered", {"delivered": 1}),
    ],
)
def test_a_door_counts_once(
    standing: dict[str, str], labels: list[str], found: str, counts: dict[str, int]
) -> None:
    assert moved(standing, labels, found) == counts


@pytest.mark.parametrize(
    ("typed", "doors"),
    [
        ("", ()),
        ("101 102", ("101", "102")),
        ("101、102，201\n202;101", ("101", "102", "201", "202")),
        ("一单元101", ("一单元101",)),
    ],
)
def test_doors_are_read_as_people_type_them(typed: str, doors: tuple[str, ...]) -> None:
    assert doors_in(typed) == doors
