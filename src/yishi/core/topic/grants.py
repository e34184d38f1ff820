"""Who may do what with a topic.

Who leads a stage is data, so `Scope.UNIT` reaches a body the act is for: one of the stage, one of
those asked, or whoever carries it out.

Source: practice G13, H13 (who leads, who carries, who takes part); norms.md §1 Independence.
"""

from collections.abc import Sequence

from yishi.core.grant import Grant, Scope, rows
from yishi.core.person import Role
from yishi.core.topic.now import TopicState as S

R = Role

_EVERYONE: tuple[tuple[R | None, Scope], ...] = ((None, Scope.ALL),)
# Whoever keeps the record of a stage: the community desk, and who speaks for a body of it.
_KEEPS: tuple[tuple[R | None, Scope], ...] = (
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.CONVENER, Scope.UNIT),
)
_SITS: tuple[tuple[R | None, Scope], ...] = (*_KEEPS, (R.MEMBER, Scope.UNIT))
_LEADS: tuple[tuple[R | None, Scope], ...] = (
    (R.SECRETARY, Scope.PLACE),
    (R.CONVENER, Scope.UNIT),
)
_CARRIES: tuple[tuple[R | None, Scope], ...] = (
    (R.UNIT_HANDLER, Scope.UNIT),
    (R.COMMUNITY_DESK, Scope.PLACE),
)
_WATCHES: tuple[tuple[R | None, Scope], ...] = (
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.SECRETARY, Scope.PLACE),
    (R.OVERSEER, Scope.PLACE),
    (R.SUPERVISORY_OFFICER, Scope.PLACE),
    (R.LEADER, Scope.PLACE),
)
_RUNNING, _PROPOSED = [S.RUNNING], [S.PROPOSED]

TOPICS: Sequence[Grant] = (
    *rows("topic.list", *_EVERYONE),
    *rows("topic.view", *_EVERYONE),
    # 居民自治章程 and 居民公约, every version of them
    *rows("text.list", *_EVERYONE),
    *rows("text.view", *_EVERYONE),
    # A topic is public; what a closed stage left in words is for those who take part, and the
    # matters behind it are for staff.
    *rows(
        "topic.read_closed",
        *_WATCHES,
        (R.CONVENER, Scope.UNIT),
        (R.MEMBER, Scope.UNIT),
        (R.UNIT_HANDLER, Scope.UNIT),
        (R.RESIDENT, Scope.OWN),
    ),
    *rows("topic.read_cases", *_WATCHES, (R.DISPATCHER, Scope.PLACE)),
    # Minutes and lists hold names; photos, plans and acceptances of public stages are public.
    *rows(
        "topic.read_papers",
        *_WATCHES,
        (R.CONVENER, Scope.UNIT),
        (R.MEMBER, Scope.UNIT),
        (R.UNIT_HANDLER, Scope.UNIT),
    ),
    # Raising and the review by the community party organisation
    *rows("topic.raise", (R.RESIDENT, Scope.ALL), (R.COMMUNITY_DESK, Scope.PLACE)),
    *rows(
        "topic.raise_cases",
        (R.COMMUNITY_DESK, Scope.PLACE),
        (R.DISPATCHER, Scope.PLACE),
        (R.SECRETARY, Scope.PLACE),
    ),
    *rows(
        "topic.join_cases",
        (R.COMMUNITY_DESK, Scope.PLACE),
        (R.DISPATCHER, Scope.PLACE),
        (R.SECRETARY, Scope.PLACE),
        states=[S.PROPOSED, S.RUNNING],
    ),
    *rows("topic.withdraw", (R.RESIDENT, Scope.OWN), states=_PROPOSED),
    *rows("topic.review", (R.SECRETARY, Scope.PLACE), states=_PROPOSED, unless=["raised"]),
    *rows("topic.add_option", *_LEADS, (R.COMMUNITY_DESK, Scope.PLACE), states=_RUNNING),
    *rows("topic.change_option", *_LEADS, (R.COMMUNITY_DESK, Scope.PLACE), states=_RUNNING),
    *rows("topic.attach", *_SITS, *_CARRIES[:1], (R.SECRETARY, Scope.PLACE), states=_RUNNING),
    # One act or more for each kind of stage
    *(
        row
        for act in ("topic.collect", "topic.end_collecting")
        for row in rows(act, *_SITS, (R.GRID_WORKER, Scope.PLACE), states=_RUNNING)
    ),
    # A stage of a round of small works, once every project has been through it
    *rows("topic.end_projects", *_KEEPS, states=_RUNNING),
    *rows("topic.screen", *_LEADS, states=_RUNNING),
    *rows("topic.confer", *_KEEPS, states=_RUNNING),
    *rows("topic.meet", *_KEEPS, states=_RUNNING),
    *rows("topic.post", *_KEEPS, states=_RUNNING),
    *rows("topic.end_posting", *_KEEPS, (R.SYSTEM, Scope.ALL), states=_RUNNING),
    *(
        row
        for act in ("topic.comment", "topic.object")
        for row in rows(
            act, (R.RESIDENT, Scope.ALL), (R.COMMUNITY_DESK, Scope.PLACE), states=_RUNNING
        )
    ),
    *(
        row
        for act in ("topic.answer_comment", "topic.take_up_comment")
        for row in rows(act, *_KEEPS, states=_RUNNING)
    ),
    # Door to door by grid workers, group leaders, whoever sits in a body of the stage; which
    # rooms, is read by those who go and by staff.
    *rows("topic.call_at_doors", *_SITS, (R.GRID_WORKER, Scope.PLACE), states=_RUNNING),
    *rows("topic.read_doors", *_WATCHES, *_SITS[1:], (R.GRID_WORKER, Scope.PLACE)),
    # Not shown, on a ground everybody reads, and shown again: never by one person alone
    *rows("topic.hide_voice", *_KEEPS, states=[S.RUNNING, S.ENDED]),
    *rows(
        "topic.restore_voice",
        *_KEEPS,
        (R.SECRETARY, Scope.PLACE),
        (R.OVERSEER, Scope.PLACE),
        states=[S.RUNNING, S.ENDED],
    ),
    *rows("topic.rule_objection", *_LEADS, states=_RUNNING, unless=["objected"]),
    *rows("topic.consent", (R.CONVENER, Scope.UNIT), *_CARRIES, states=_RUNNING),
    *rows("topic.count", *_SITS, states=_RUNNING),
    *rows("topic.confirm", *_SITS, (R.OVERSEER, Scope.PLACE), states=_RUNNING),
    *rows("topic.assign", *_KEEPS, (R.SECRETARY, Scope.PLACE), states=_RUNNING),
    *(
        row
        for act in ("topic.report_done", "topic.report_failed")
        for row in rows(act, *_CARRIES, (R.CONVENER, Scope.UNIT), states=_RUNNING)
    ),
    # 呼叫响应: the lead or the community calls a body, which answers and reports its own part
    *rows("topic.call_unit", *_CARRIES, *_LEADS, states=_RUNNING),
    *(
        row
        for act in ("topic.answer_call", "topic.report_task")
        for row in rows(act, *_CARRIES, (R.CONVENER, Scope.UNIT), states=_RUNNING)
    ),
    *rows(
        "topic.watch",
        (R.OVERSEER, Scope.UNIT),
        (R.CONVENER, Scope.UNIT),
        (R.MEMBER, Scope.UNIT),
        states=_RUNNING,
        unless=["carried"],
    ),
    *rows(
        "topic.accept",
        (R.OVERSEER, Scope.PLACE),
        (R.CONVENER, Scope.UNIT),
        (R.MEMBER, Scope.UNIT),
        states=_RUNNING,
        unless=["carried"],
    ),
    *rows(
        "topic.call_back",
        (R.COMMUNITY_DESK, Scope.PLACE),
        (R.CALL_BACK_OFFICER, Scope.PLACE),
        (R.OVERSEER, Scope.PLACE),
        states=_RUNNING,
        unless=["carried"],
    ),
    *rows("topic.publish", *_KEEPS, (R.SECRETARY, Scope.PLACE), states=_RUNNING),
    *rows("topic.appraise", *_KEEPS, (R.OVERSEER, Scope.PLACE), states=_RUNNING),
    *rows("topic.score", (R.RESIDENT, Scope.ALL), states=_RUNNING, unless=["carried"]),
    # 一事一档, whole, with names; everybody has the public edition by `topic.view`
    *rows("topic.dossier", *_WATCHES, (R.AUDITOR, Scope.PLACE)),
    *rows("topic.lapse", (R.SYSTEM, Scope.ALL), states=_RUNNING),
    # Everybody whose matter it was has their answer.
    *rows("topic.end_cases", (R.SYSTEM, Scope.ALL), states=[S.ENDED]),
    # Against the procedure, or to another version of it: named, reasoned, public
    *rows("topic.override", (R.LEADER, Scope.PLACE), states=_RUNNING),
    *rows("topic.move_method", (R.SECRETARY, Scope.PLACE), states=_RUNNING),
)
