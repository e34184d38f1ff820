"""Pages of rounds of small works (微实事): what each announced, what was wished for in it, how that
was screened."""

from collections.abc import Sequence

from django.urls import URLPattern

from yishi.web.round import deeds, list, page, proposal, propose, screening, sheets

# The module `list` stands where the type would.
urls: Sequence[URLPattern] = [
    *list.urls,
    *page.urls,
    *propose.urls,
    *proposal.urls,
    *screening.urls,
    *deeds.urls,
    *sheets.urls,
]
