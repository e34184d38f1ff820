"""Where an act on a case leads: back to the case, or on to the next of the queue being cleared."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from yishi.acts.door import Done
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.phrases.story import say_story
from yishi.records.queries.work import next_in_queue, queue_condition
from yishi.web.case.beside import came_from, cleared_queue
from yishi.web.case.shown import Shown, read
from yishi.web.gate import answered


def onward(
    request: HttpRequest, shown: Shown, answer: Done | Refusal, said: str, still: str = ""
) -> HttpResponse:
    """After an act on the case as it was `shown`. A queue that is cleared goes on with its next
    case, under a line that says what was done to this one; `still` is what may yet be changed.
    """
    origin, uid = came_from(request), shown.case.uid
    code = cleared_queue(shown.actor, origin)
    if isinstance(answer, Refusal) or not code:
        return answered(request, answer, origin.address(uid), said)
    queue = queue_condition(shown.actor, code, shown.now)
    assert queue is not None
    following = next_in_queue(queue, shown.case.due_at, shown.case.pk)
    to = origin.address(following) if following else f"{reverse('case_list')}?queue={code}"
    return answered(request, answer, to, _done(request, uid, said, still))


def _done(request: HttpRequest, uid: str, said: str, still: str) -> str:
    """Which case, what was done to it in the words of its story, and what can be done yet."""
    fresh = read(request, uid)
    if fresh is None or not fresh.beside.entries:
        return said
    last = say_story(fresh.beside.entries[-1:], fresh.now, "staff", fresh.actor.person_id)[0]
    return format_html(
        '<a class="number" href="{}">{}</a> {}<br><b>{}</b><br>{}',
        reverse("case", args=[uid]),
        show_number(fresh.case.number),
        fresh.case.line,
        last["text"],
        still,
    )
