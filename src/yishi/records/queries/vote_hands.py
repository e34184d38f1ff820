"""Who is absent from a show of hands: delegates not signed in at the meeting that votes."""

from django.db.models import Q

from yishi.core.meeting.now import MeetingState
from yishi.core.method.language import Unit
from yishi.core.vote.now import Way
from yishi.records.models import Attendance, Meeting, Vote, Voter
from yishi.records.queries.vote import in_it

# Where one has to be there to vote: a paper too is filled in at the meeting.
IN_THE_ROOM = frozenset({Way.HANDS.value, Way.PAPER.value})
SAT = (MeetingState.SITTING, MeetingState.CLOSED, MeetingState.SIGNED)


def absent_of(vote: Vote) -> int:
    """Lines of the roll whose delegate has not voted and is not signed in at the meeting that has
    the topic on its agenda and sat while the vote was open. 0 where no hand was counted, where
    somebody absent could still vote, or where no such meeting sat. Four statements at most."""
    ways = set(vote.ways)
    if vote.unit != Unit.DELEGATE or Way.HANDS not in ways or not ways <= IN_THE_ROOM:
        return 0
    if not in_it(vote).filter(way=Way.HANDS).exists():
        return 0
    open_then = Q(closed_at=None) | Q(closed_at__gte=vote.opened_at)
    sat = Meeting.objects.filter(open_then, items__topic=vote.topic_id, state__in=SAT)
    meetings = list(sat.values_list("pk", flat=True))
    if not meetings:
        return 0
    here = Attendance.objects.filter(meeting__in=meetings, person__isnull=False)
    waiting = Voter.objects.filter(vote=vote, is_struck=False, part__isnull=True)
    return waiting.exclude(holders__person__in=here.values("person")).count()
