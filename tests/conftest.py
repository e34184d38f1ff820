"""What every test stands on."""

from pathlib import Path

import hypothesis
import pytest
from pytest_django import Settings

from tests.acts.world import World, make_world
from tools import messages

# How long an example takes says how busy the machine is, not whether it holds.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


def pytest_sessionstart() -> None:
    """Compile changed translations once, so that tests read the Chinese that is written."""
    messages.compile_changed()


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Each test writes its files, keys and logs in a folder of its own."""
    settings.YISHI_VAR = tmp_path
    for name in ("files", "keys", "log"):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        setattr(settings, f"YISHI_{name.upper()}_DIR", folder)


@pytest.fixture
def world(db: None) -> World:
    """A district with every role in it, made anew for each test."""
    return make_world()
