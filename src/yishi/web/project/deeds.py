"""Every act on a project that has a page, in the order it is offered."""

from yishi.web.project.costing import COSTING
from yishi.web.project.deed import Deed
from yishi.web.project.funding import FUNDING
from yishi.web.project.paying import PAYING
from yishi.web.project.talks import TALKS
from yishi.web.project.works_deeds import LATER, WORKS

DEEDS: tuple[Deed, ...] = (*COSTING, *TALKS, *FUNDING, *WORKS, *PAYING, *LATER)
