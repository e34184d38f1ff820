"""The environment in which another process meets the database and the folders of a test."""

import os

from django.conf import settings
from django.db import connection

from tests.needs import ROOT


def child_environment() -> dict[str, str]:
    """Settings of this test for a child process: its database, its folder, its mode."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        user = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
        host, port = database["HOST"] or "127.0.0.1", database["PORT"] or 5432
        url = f"postgresql://{user}@{host}:{port}/{database['NAME']}"
    return os.environ | {
        "YISHI_DATABASE_URL": url,
        "YISHI_VAR": str(settings.YISHI_VAR),
        "YISHI_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "yishi.site.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
