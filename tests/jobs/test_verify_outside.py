"""What came in on the line of a higher system is sealed: the system, its order, their clock."""

import pytest

from tests.acts.test_outside import answer, one, system
from tests.acts.world import NOW, World
from tests.jobs.test_verify import found, raw
from yishi.acts.door import Done
from yishi.acts.outside.sending import send_back
from yishi.acts.outside.system import end_system
from yishi.jobs.sequence import sequence


@pytest.fixture
def sent_back(world: World) -> None:
    """An order that came in, was answered and went back; then its system was taken off."""
    line = system(world)
    answer(world, one(world, line), minutes=0)
    for done in (
        send_back(world.ask("分拨员老赵", NOW), line.uid),
        end_system(world.ask("管理员", NOW), line.uid),
    ):
        assert isinstance(done, Done), done
    sequence()


def test_the_line_holds(sent_back: None) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE records_outsidesystem SET name = '别的平台'", "row_changed"),
        ("UPDATE records_outsidesystem SET is_active = true", "row_changed"),
        ("UPDATE records_outsidesystem SET public_key = 'x'", "row_changed"),
        ("UPDATE records_outsideorder SET their_number = '1'", "row_changed"),
        ("UPDATE records_outsideorder SET due_at = '2027-01-01 00:00:00+00:00'", "row_changed"),
        ("UPDATE records_outsideorder SET sent_back_at = NULL", "row_changed"),
        ("DELETE FROM records_outsideorder", "row_missing"),
    ],
)
def test_a_row_changed_behind_the_door_is_named(sent_back: None, statement: str, code: str) -> None:
    raw(statement)
    assert {wrong.code for wrong in found()} == {code}
