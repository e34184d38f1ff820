"""Every act of a stage that has a page, in the order it is offered."""

from yishi.web.topic.accepting import ACCEPT, APPRAISE
from yishi.web.topic.carrying import CARRY_OUT
from yishi.web.topic.collecting import COLLECT
from yishi.web.topic.conferring import CONFER
from yishi.web.topic.consenting import CONSENT
from yishi.web.topic.counting import VOTE
from yishi.web.topic.deed import Deed
from yishi.web.topic.doors import DOORS
from yishi.web.topic.meeting import MEET
from yishi.web.topic.posting import COMMENT, END, OBJECT, POST
from yishi.web.topic.projects import END as END_PROJECTS
from yishi.web.topic.publishing import PUBLISH
from yishi.web.topic.screening import SCREEN
from yishi.web.topic.taking_up import TAKE_UP
from yishi.web.topic.voting import VOTING
from yishi.web.topic.voting_result import BRING

DEEDS: tuple[Deed, ...] = (
    *COLLECT,
    *SCREEN,
    *CONFER,
    *MEET,
    *POST,
    *COMMENT,
    *TAKE_UP,
    *DOORS,
    *CONSENT,
    *VOTE,
    *VOTING,
    BRING,
    *OBJECT,
    *CARRY_OUT,
    *ACCEPT,
    *PUBLISH,
    *APPRAISE,
    END_PROJECTS,
    *END,
)
