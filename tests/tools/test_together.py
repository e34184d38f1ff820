"""Two processes share the tests by what these stand on."""

import pytest

from tests.together import group


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ("tests/demo/test_seed.py::test_a_queue[no calendar-demo-unit-3]", "demo no calendar"),
        ("tests/demo/test_topics.py::test_a_topic[holiday]", "demo holiday"),
        ("tests/demo/test_files.py::test_a_file", "tests/demo/test_files.py::test_a_file"),
        ("tests/cli/test_backup.py::test_a_backup", "offices"),
        ("tests/browser/test_walk.py::test_nothing_to_complain_of[visitor]", "walk"),
        ("tests/browser/test_search.py::test_a_visitor", "journeys"),
        ("tests/web/test_case.py::test_a[b]", "tests/web/test_case.py::test_a[b]"),
    ],
)
def test_a_group_is_what_takes_long_to_make(test: str, told: str) -> None:
    assert group(test) == told
