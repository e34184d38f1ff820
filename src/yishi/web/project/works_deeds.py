"""The acts on the works that have a page, in the order they are offered; the last two groups stand
behind everything else that may be done."""

from yishi.web.project.deed import Deed
from yishi.web.project.works import BUILDING
from yishi.web.project.works_changing import CHANGING
from yishi.web.project.works_ending import ENDING
from yishi.web.project.works_using import USING

WORKS: tuple[Deed, ...] = (*ENDING, *BUILDING, *USING)
LATER: tuple[Deed, ...] = CHANGING
