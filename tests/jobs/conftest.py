"""The small world, made anew for each test."""

import pytest

from tests.acts.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """A district with every role in it."""
    return make_world()
