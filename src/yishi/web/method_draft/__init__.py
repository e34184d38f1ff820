"""A community writes its own method: from a copy, in tables, to its publication."""

from django.urls import URLPattern

from yishi.web.method_draft import adopting, listed, one, parts, round, rows, stage

urls: list[URLPattern] = [
    *adopting.urls,
    *listed.urls,
    *one.urls,
    *parts.urls,
    *round.urls,
    *rows.urls,
    *stage.urls,
]
