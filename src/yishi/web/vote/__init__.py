"""Pages of votes by roll: what is asked and what came of it, casting, the roll, paper, sheets."""

from collections.abc import Sequence

from django.urls import URLPattern

from yishi.web.vote import (
    ballots,
    box,
    calling_off,
    casting,
    doors,
    line,
    objecting,
    page,
    projects,
    proxies,
    roll,
    sheets,
    unmarking,
)

urls: Sequence[URLPattern] = [
    *page.urls,
    *casting.urls,
    *ballots.urls,
    *projects.urls,
    *roll.urls,
    *sheets.urls,
    *objecting.urls,
    *proxies.urls,
    *doors.urls,
    *box.urls,
    *calling_off.urls,
    *line.urls,
    *unmarking.urls,
]
