"""The community party organisation's review: whose a topic is, how large, by which method."""

from dataclasses import replace

from yishi.acts.door import Ask, Done
from yishi.acts.topic import adopting
from yishi.acts.topic.act import Plan, Written, act_on, too_long
from yishi.core.outcome import Notice
from yishi.core.refusal import Refusal
from yishi.core.topic.now import Advanced, TopicState
from yishi.core.topic.review import Reviewed, review
from yishi.records.queries.rule import methods_at, parsed, today_of
from yishi.records.queries.topic import LockedTopic


def review_topic(ask: Ask, uid: str, method_name: str, reviewed: Reviewed) -> Done | Refusal:
    """Taken up by one of the methods the community works by, or ended with a published reason.

    Refuses as `core.topic.review`, and with `method_unknown` (not adopted there today),
    `text_under_way` (another topic makes or amends the same charter or covenant).
    """

    def decide(held: LockedTopic) -> Plan | Refusal:
        methods = methods_at(held.topic.place, today_of(ask.now))
        row = methods.get(method_name)
        if row is None:
            return Refusal("method_unknown", tuple(methods), method_name, "method", "adoption")
        long = too_long(held.topic.place, ask.now, reviewed.words, reviewed.clause)
        if long:
            return long
        method = parsed(row)
        answer = review(method, held.now, reviewed, ask.now)
        if isinstance(answer, Refusal):
            return answer
        course = method.procedure(answer.topic.procedure)
        busy = adopting.must_be_free(held, course.text) if course else None
        if busy:
            return busy
        held.topic.method = row
        said = {"words": reviewed.words, "clause": reviewed.clause}
        params = {**answer.event.params, **{k: v for k, v in said.items() if v}}
        answer = replace(answer, event=replace(answer.event, params=params))
        return Plan(
            answer,
            also=lambda held, advanced: _also(ask, held, advanced, reviewed),
            part="reviewed",
            method=method,
        )

    return act_on(ask, "topic.review", uid, decide)


def _also(ask: Ask, held: LockedTopic, advanced: Advanced, reviewed: Reviewed) -> Written:
    ended = advanced.topic.state is TopicState.ENDED
    values: dict[str, object] = {
        "size": reviewed.size,
        "entry": reviewed.entry,
        "reviewed_at": ask.now,
        "clause": reviewed.clause,
    }
    if ended:
        values["result"] = reviewed.words
    person = held.topic.raised_by_id
    template = "topic.ended" if ended else "topic.taken_up"
    told = [Notice(template, person, {"words": reviewed.words})] if person else []
    return Written(notices=told, values=values)
