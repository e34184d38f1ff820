"""Every act on a project that has a page, in the order it is offered: what leads on first."""

from yishi.web.project.costing import COSTING
from yishi.web.project.deed import Deed
from yishi.web.project.funding import FUNDING, TURNED_DOWN
from yishi.web.project.offering import OFFERING
from yishi.web.project.paying import PAYING
from yishi.web.project.talks import DECIDING, REOPENING
from yishi.web.project.works_deeds import LATER, WORKS

DEEDS: tuple[Deed, ...] = (
    *DECIDING,
    *COSTING,
    *FUNDING,
    *OFFERING,
    *WORKS,
    *PAYING,
    *REOPENING,
    *TURNED_DOWN,
    *LATER,
)
