"""What every test stands on."""

import gc
import os
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from tests import asked, migrated
from tests.acts.world import World, make_world
from tools import messages

# How long an example takes says how busy the machine is, not whether it holds.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Listens and chooses where tools/run_tests.py wants it."""
    # What a test leaves behind is soon gone; looking for it seldom saves a seventh of all time.
    gc.set_threshold(100_000, 50, 100)
    if os.environ.get("YISHI_ASKED"):
        asked.listen()
        config.pluginmanager.register(asked)
    if chosen := os.environ.get("YISHI_CHOSEN"):
        config.pluginmanager.register(asked.Chosen(Path(chosen)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Two processes share the tests by groups."""
    from tests.together import Together

    return Together(config, log)


def pytest_sessionstart() -> None:
    """Compile changed translations once, so that tests read the Chinese that is written."""
    messages.compile_changed()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The first process of a run ends last, and leaves nothing behind on a server."""
    if not hasattr(session.config, "workerinput"):
        migrated.forget()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Each process begins with a copy of tables that were migrated once for all of them."""
    with django_db_blocker.unblock():
        migrated.begin_with_a_copy()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """The copied file is used as it is; its folder goes at the end."""
    return django_db_keepdb or connection.vendor == "sqlite"


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
