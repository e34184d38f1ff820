"""Every address, gathered from the file of its noun."""

from importlib import import_module

from django.urls import URLPattern, URLResolver

# Each file of this folder named here has `urls`, a list of patterns.
NOUNS = (
    "home",
    "report",
    "file",
    "board",
    "record",
    "work",
    "case",
    "order",
    "publication",
    "figures",
    "place",
    "person",
    "appointment",
    "rule",
    "audit",
    "account",
    "health",
)

urlpatterns: list[URLPattern | URLResolver] = []
for noun in NOUNS:
    urlpatterns += import_module(f"yishi.web.{noun}").urls
