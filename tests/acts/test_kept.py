"""What is put back is what was made: the same rows, keys and next random numbers."""

from django.db import connection, transaction

from tests.acts.kept import _tables
from tests.acts.world import make_world


class Undone(Exception):
    """Takes back all of one round."""


def rounds(count: int) -> list[tuple[object, object, int]]:
    made: list[tuple[object, object, int]] = []
    for _ in range(count):
        try:
            with transaction.atomic():
                world = make_world()
                rows = [(model, found) for model, _, found in _tables()]
                world.person("新来的", "13911110000")
                made.append((rows, world.entropy.bytes(8), world.people["新来的"].pk))
                raise Undone
        except Undone:
            pass
    return made


def test_a_world_put_back_is_the_world_that_was_made(db: None) -> None:
    first, second, third = rounds(3)
    assert first[0] == second[0] == third[0]
    assert first[1] == second[1] == third[1]
    assert connection.vendor == "postgresql" or first[2] == second[2] == third[2]
