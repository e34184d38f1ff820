"""Procedures to draw: a small one, a long one with every kind of arrow, and any at random."""

from random import Random

from yishi.core.caserules import Text
from yishi.core.method.language import Edge, End, Procedure, Stage, StageKind
from yishi.core.place import BodyKind

E, K = Edge, StageKind
LEAD = BodyKind.RESIDENTS_COMMITTEE


def stage(id: str, kind: StageKind, name: str, **to: str) -> Stage:
    """A stage that says no more than where it leads."""
    return Stage(id, kind, Text(name), LEAD, {Edge(edge): where for edge, where in to.items()})


def course(name: str, stages: tuple[Stage, ...], **ends: str) -> Procedure:
    """A procedure of these stages and ends."""
    made = tuple(End(id, Text(said), id == "done") for id, said in ends.items())
    return Procedure("drawn", Text(name), stages, made)


SHORT = course(
    "小事快办",
    (
        stage("collect", K.COLLECT, "收集", **{"pass": "meet"}),
        stage("meet", K.MEET, "现场商量", **{"pass": "tell", "fail": "collect", "settled": "tell"}),
        stage("tell", K.PUBLISH, "公布结果", **{"pass": "done"}),
    ),
    done="办结",
)

# 十二步、六处退回、三次公布、三种结果.
LONG = course(
    "大事共商",
    (
        stage("collect", K.COLLECT, "收集提议", **{"pass": "screen", "late": "close"}),
        stage(
            "screen", K.SCREEN, "社区党组织提议、审查范围", **{"pass": "confer", "fail": "close"}
        ),
        stage("confer", K.CONFER, "两委会商议", **{"pass": "review", "fail": "collect"}),
        stage("review", K.CONFER, "党员大会审议", **{"pass": "comment", "fail": "confer"}),
        stage("comment", K.COMMENT, "公开征求意见", **{"pass": "vote", "exhausted": "drop"}),
        stage(
            "vote",
            K.VOTE,
            "居民代表会议或者居民会议决议",
            **{"pass": "notice", "fail": "confer", "late": "confer", "exhausted": "drop"},
        ),
        stage("notice", K.NOTICE, "决议公示", **{"pass": "carry", "objection": "confer"}),
        stage("carry", K.CARRY_OUT, "组织实施", **{"pass": "accept", "fail": "vote"}),
        stage("accept", K.ACCEPT, "验收", **{"pass": "tell", "fail": "carry", "exhausted": "stop"}),
        stage("tell", K.PUBLISH, "实施结果公开", **{"pass": "appraise"}),
        stage("appraise", K.APPRAISE, "居民评议", **{"pass": "done", "fail": "appraise"}),
        stage("close", K.PUBLISH, "公布不予受理的理由", **{"pass": "closed"}),
        stage("drop", K.PUBLISH, "公布未形成决议", **{"pass": "dropped"}),
        stage("stop", K.PUBLISH, "公布停止实施的原因", **{"pass": "stopped"}),
    ),
    done="办结",
    closed="不予受理",
    dropped="未形成决议",
    stopped="停止实施",
)


def anyhow(seed: int) -> Procedure:
    """A procedure of 3 to 16 stages that lead wherever chance has it."""
    dice = Random(seed)
    many = dice.randint(3, 16)
    ends = {f"e{at}": "结束" * dice.randint(1, 5) for at in range(dice.randint(1, 4))}
    nodes = [*(f"s{at}" for at in range(many)), *ends]
    made = []
    for at in range(many):
        others = dice.sample([E.FAIL, E.LATE, E.EXHAUSTED, E.OBJECTION, E.SETTLED], 2)
        to = {edge.value: dice.choice(nodes) for edge in others if dice.random() < 0.5}
        onward = nodes[at + 1] if dice.random() < 0.8 else dice.choice(nodes)
        name = "名称" * dice.randint(1, 12)
        made.append(stage(f"s{at}", K.VOTE, name, **{"pass": onward}, **to))
    return course("任意", tuple(made), **ends)
