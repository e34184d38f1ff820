"""Every address, gathered from the file of its noun."""

from importlib import import_module

from django.urls import URLPattern, URLResolver

# Each file of this folder named here has `urls`, a list of patterns.
NOUNS = (
    "home",
    "search",
    "message",
    "report",
    "file",
    "outside",
    "listed",
    "exclusion",
    "board",
    "record",
    "work",
    "case",
    "topic",
    "project",
    "round",
    "vote",
    "text",
    "meeting",
    "count",
    "order",
    "oversight",
    "request",
    "burden",
    "groups",
    "opinion",
    "finding",
    "publication",
    "instant",
    "figures",
    "casesheet",
    "brief",
    "place",
    "body",
    "person",
    "appointment",
    "rule",
    "method_draft",
    "method",
    "form",
    "audit",
    "account",
    "health",
)

urlpatterns: list[URLPattern | URLResolver] = []
for noun in NOUNS:
    urlpatterns += import_module(f"yishi.web.{noun}").urls
