"""Pages of the projects of a round: each project with what may be done to it, the accounts of the
round, its funds."""

from collections.abc import Sequence

from django.urls import URLPattern

from yishi.web.project import (
    accounts,
    accounts_files,
    funds,
    money_files,
    page,
    sheets,
    told,
    works_files,
    works_looks,
    works_sheets,
)
from yishi.web.project.deed import addresses
from yishi.web.project.deeds import DEEDS

urls: Sequence[URLPattern] = [
    *page.urls,
    *accounts.urls,
    *accounts_files.urls,
    *funds.urls,
    *money_files.urls,
    *sheets.urls,
    *told.urls,
    *works_files.urls,
    *works_looks.urls,
    *works_sheets.urls,
    *addresses(DEEDS),
]
