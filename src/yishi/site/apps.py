"""Registers the start checks with Django."""

from django.apps import AppConfig
from django.core.checks import register

from yishi.site.checks import system_check
from yishi.web.sentences import speak


class SiteConfig(AppConfig):
    """Has no tables; only the checks, and the sentences of the forms."""

    name = "yishi.site"
    label = "site"

    def ready(self) -> None:
        """Called once by Django when all apps are loaded."""
        register(system_check)
        speak()
