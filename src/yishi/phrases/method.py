"""The words of a method: kinds of stages, why a topic goes on, shares, limits and what follows."""

from django.utils.translation import gettext as _

from yishi.core.method.language import (
    Edge,
    Every,
    Fallback,
    Layer,
    Paper,
    Publicity,
    StageKind,
    Tie,
)
from yishi.core.method.measure import Bar, Limit
from yishi.phrases.rule_file import say_share, say_source
from yishi.phrases.span import say_limit


def say_stage_kind(kind: str) -> str:
    """What is done in a stage of this kind."""
    return {
        StageKind.COLLECT: _("Collecting topics"),
        StageKind.SCREEN: _("Screening"),
        StageKind.CONFER: _("Conferring"),
        StageKind.MEET: _("Meeting of all sides"),
        StageKind.COMMENT: _("Asking for comments"),
        StageKind.CONSENT: _("Asking for consent"),
        StageKind.VOTE: _("Voting"),
        StageKind.NOTICE: _("Public notice"),
        StageKind.CARRY_OUT: _("Carrying out"),
        StageKind.ACCEPT: _("Inspection of the result"),
        StageKind.PUBLISH: _("Publishing the outcome"),
        StageKind.APPRAISE: _("Appraisal by residents"),
    }[StageKind(kind)]


def say_edge(kind: str, edge: str, *, by_project: bool = False) -> str:
    """Why a topic leaves a stage of this kind, as people there would say it. `by_project`: a round
    of small works leaves it, whose projects went through one by one."""
    anywhere = {
        Edge.LATE: _("the time is over"),
        Edge.EXHAUSTED: _("it has been here often enough"),
        Edge.OBJECTION: _("an objection stands"),
        Edge.SETTLED: _("settled on the spot"),
    }
    if Edge(edge) in anywhere:
        return anywhere[Edge(edge)]
    if by_project:
        passed, failed = _of_projects()[StageKind(kind)]
        return passed if Edge(edge) is Edge.PASS else failed
    passed, failed = {
        StageKind.COLLECT: (_("enough were heard"), ""),
        StageKind.SCREEN: (_("screened, and fit"), _("screened, and not fit")),
        StageKind.CONFER: (_("agreed upon"), _("not agreed upon")),
        StageKind.MEET: (_("talked through"), _("no agreement in the talk")),
        StageKind.COMMENT: (_("the period is over"), ""),
        StageKind.CONSENT: (_("all consent"), _("consent was refused")),
        StageKind.VOTE: (_("passed by vote"), _("not passed by vote")),
        StageKind.NOTICE: (_("the period is over, no objection upheld"), ""),
        StageKind.CARRY_OUT: (_("it has been done"), _("it cannot be done")),
        StageKind.ACCEPT: (_("accepted as good"), _("not good enough")),
        StageKind.PUBLISH: (_("once it is published"), ""),
        StageKind.APPRAISE: (_("appraised well"), _("not appraised well")),
    }[StageKind(kind)]
    return passed if Edge(edge) is Edge.PASS else failed


def _of_projects() -> dict[StageKind, tuple[str, str]]:
    return {
        StageKind.COLLECT: (_("the call is over"), ""),
        StageKind.SCREEN: (_("all screened, some fit"), _("all screened, none fit")),
        StageKind.CONFER: (_("all talked over, some agreed on"), _("none agreed on")),
        StageKind.CARRY_OUT: (_("all done or stopped"), _("all were stopped")),
        StageKind.APPRAISE: (_("all scored, some well"), _("all scored, none well")),
    }


def say_bar(bar: Bar | None) -> str:
    """A share in words: at least 2/3 of the seats. "" for none."""
    if bar is None:
        return ""
    return say_share(bar.share, bar.of, bar.more_than)


def say_span(limit: Limit | None) -> str:
    """How long a limit or a period is; "" for none."""
    return say_limit(limit.span.length, limit.span.kind) if limit else ""


def say_with_source(words: str, source: str) -> str:
    """A number and where it comes from."""
    return _("%(words)s (%(source)s)") % {"words": words, "source": say_source(source)}


def say_tie(tie: Tie) -> str:
    """What becomes of options with as many votes."""
    return {
        Tie.FAILS: _("as many votes: neither passes"),
        Tie.AGAIN: _("as many votes: voted again"),
        Tie.ORDER: _("as many votes: the one listed first goes before"),
    }[tie]


def say_fallback(fallback: Fallback) -> str:
    """Where an option goes that cannot be carried out."""
    return {
        Fallback.BODY: _("what cannot be done goes back to whoever decided"),
        Fallback.RANKED: _("what cannot be done gives way to the next that passed"),
    }[fallback]


def say_publicity(publicity: Publicity) -> str:
    """Who reads what a stage leaves in words."""
    return {
        Publicity.PUBLIC: _("anybody may read it"),
        Publicity.PARTIES: _("read by those who take part"),
    }[publicity]


def say_paper(paper: Paper) -> str:
    """What has to be attached."""
    return {
        Paper.MINUTES: _("minutes of the meeting"),
        Paper.REGISTER: _("attendance list"),
        Paper.PHOTO: _("photo of it"),
        Paper.PLAN: _("plan of the works"),
        Paper.QUOTATION: _("quotation"),
        Paper.CONSENT: _("signed consent"),
        Paper.COUNT: _("count of the votes"),
        Paper.ACCEPTANCE: _("record of acceptance"),
        Paper.OPINION: _("written opinion"),
    }[paper]


def say_layer(layer: Layer) -> str:
    """Whose rule it is."""
    return {
        Layer.LAW: _("Law, locked"),
        Layer.DISTRICT: _("Of the district"),
        Layer.COMMUNITY: _("Of the community"),
    }[layer]


def say_every(every: Every, day: int) -> str:
    """When a meeting comes round."""
    words = {
        Every.MONTH: _("on day %(day)s of each month"),
        Every.QUARTER: _("on day %(day)s of each quarter's first month"),
        Every.HALF_YEAR: _("on day %(day)s of January and July"),
        Every.YEAR: _("on day %(day)s of January"),
    }[every]
    return words % {"day": day}
