"""Which tests PostgreSQL gets, and what counts as one statement."""

from tests import asked
from tools.run_tests import chosen


def test_every_statement_of_a_page_is_asked_by_few_tests() -> None:
    assert chosen(
        {
            "tests/acts/test_door.py::test_b": {"insert"},
            "tests/acts/test_door.py::test_a": {"insert"},
            "tests/cli/test_main.py::test_up": {"an office of its own"},
            "tests/demo/test_seed.py::test_a": {"only the demo"},
            "tests/web/test_case.py::test_a": {"insert", "case"},
            "tests/web/test_case.py::test_b": {"case", "clocks", "links"},
            "tests/web/test_case.py::test_c": {"clocks", "links"},
            "tests/web/test_home.py::test_a": set(),
            "tests/web/test_home.py::test_b": {"board"},
            "tests/web/test_search.py::test_a": {"case"},
        }
    ) == [
        "tests/acts/test_door.py::test_a",
        "tests/acts/test_door.py::test_b",
        "tests/web/test_search.py::test_a",
        "tests/web/test_case.py::test_b",
        "tests/web/test_home.py::test_b",
    ]


def test_values_do_not_make_another_statement() -> None:
    few = 'SELECT "a" FROM "t" WHERE "a" IN (%s) LIMIT 10'
    many = 'SELECT "a" FROM "t" WHERE "a" IN (%s, %s, %s) LIMIT 25'
    assert asked.shape(few) == asked.shape(many) != ""
    assert asked.shape("INSERT INTO t VALUES (%s, %s), (%s, %s)") == asked.shape(
        "INSERT INTO t VALUES (%s, %s)"
    )
    other = 'SELECT "a" FROM "t" WHERE "b" IN (%s) LIMIT 10'
    assert asked.shape(few) != asked.shape(other)
    assert asked.shape('SAVEPOINT "s1"') == ""
