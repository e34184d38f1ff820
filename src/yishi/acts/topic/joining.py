"""Cases and topics: more of them put into one, and everybody told when it ends.

While a topic is talked over the answer clock of each of its cases runs on.
"""

from collections.abc import Sequence

from yishi.acts.case import closing
from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Plan, Written, act_on
from yishi.core.refusal import Refusal
from yishi.core.topic import beside
from yishi.core.topic.now import Advanced, Outcome
from yishi.records.models import Case, Place, TopicLink
from yishi.records.queries.topic import LockedTopic
from yishi.records.queries.topic_cases import cases_aside, waiting_cases

SOURCE = "norms.md §1 The fork"


def must_be_aside(place: Place, uids: Sequence[str]) -> list[Case] | Refusal:
    """Those cases, held: set aside as topics there, and in none yet.

    Refused: `cases_missing`, `case_not_aside` (how many of them are not set aside as a topic at
    this place), `case_in_topic` (one is deliberated already).
    """
    wanted = len(set(uids))
    if not wanted:
        return Refusal("cases_missing", 1, 0, "case", "practice H8")
    aside = cases_aside(place, uids)
    if len(aside) < wanted:
        return Refusal("case_not_aside", wanted, len(aside), "case", SOURCE)
    if TopicLink.objects.filter(case__in=aside, until_at=None).exists():
        return Refusal("case_in_topic", source=SOURCE)
    return aside


def join_cases(ask: Ask, uid: str, case_uids: Sequence[str]) -> Done | Refusal:
    """More cases set aside at its place are put into a topic that has not ended.

    Refuses as `must_be_aside`, and with `not_found`, `topic_ended`.
    """

    def decide(held: LockedTopic) -> Plan | Refusal:
        cases = must_be_aside(held.topic.place, case_uids)
        if isinstance(cases, Refusal):
            return cases
        answer = beside.join(held.now, len(cases))
        if isinstance(answer, Refusal):
            return answer

        def also(held: LockedTopic, advanced: Advanced) -> Written:
            TopicLink.objects.bulk_create(
                TopicLink(topic=held.topic, case=case, from_at=ask.now) for case in cases
            )
            return Written()

        return Plan(answer, also=also)

    return act_on(ask, "topic.join_cases", uid, decide)


def answer_case(ask: Ask, case_uid: str, outcome: str, result: str, clause: str) -> Done | Refusal:
    """What the topic came to, told to everybody on a case; a duty goes to be dispatched instead.

    Asked by the tick. The clause is told with it where both fit the adopted length.
    """
    do = closing.hand_back if outcome == Outcome.HANDED_OVER else closing.answer
    if clause:
        said = do(ask, case_uid, f"{result}\n{clause}")
        if not (isinstance(said, Refusal) and said.code == "words_too_long"):
            return said
    return do(ask, case_uid, result)


def end_cases(ask: Ask, uid: str) -> Done | Refusal:
    """Its cases are out of it, each answered or given back; asked by the tick.

    Refuses with `not_found`, `topic_runs`, `cases_wait`.
    """

    def decide(held: LockedTopic) -> Plan | Refusal:
        open_ = TopicLink.objects.filter(topic=held.topic, until_at=None)
        waiting = waiting_cases(held.topic.pk).count()
        answer = beside.end_cases(held.now, open_.count(), waiting)
        if isinstance(answer, Refusal):
            return answer

        def also(held: LockedTopic, advanced: Advanced) -> Written:
            open_.update(until_at=ask.now)
            return Written(values={"answered_at": ask.now})

        return Plan(answer, also=also)

    return act_on(ask, "topic.end_cases", uid, decide)
