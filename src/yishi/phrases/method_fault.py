"""What is wrong with a method, each in one sentence: where, by which path, and what to do."""

from django.utils.translation import gettext as _

from yishi.core.method.fault import Fault
from yishi.core.method.language import Method, StageKind
from yishi.core.method.measure import Bar, Limit
from yishi.core.place import BodyKind
from yishi.phrases import ballot, method_room_fault
from yishi.phrases.meeting_form import say_form
from yishi.phrases.method import say_bar, say_edge, say_span, say_stage_kind
from yishi.phrases.method_draft import say_field
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text
from yishi.phrases.rule_file import say_source

ARROW = "→"


def say_fault(fault: Fault, method: Method) -> str:
    """One sentence, with the procedure it is in; stages by the names the method gives them.

    An unknown code names itself with its stage.
    """
    procedure = method.procedure(fault.procedure)
    sentence = _sentences().get(fault.code)
    if sentence is None:
        return f"{fault.code}: {fault.procedure} {fault.stage}".strip()
    words = {
        "stage": _name(fault.stage, fault, method),
        "path": say_path(fault, method),
        "have": _value(fault.have, fault, method),
        "allowed": _(", ").join(_value(one, fault, method) for one in fault.allowed)
        or _("there is none yet"),
        "edge": _edge(fault, method),
        "source": say_source(fault.source),
        "procedure": fault.procedure,
    }
    said = sentence % words
    if procedure is None or not fault.stage:
        return said
    return _("Procedure %(procedure)s: %(sentence)s") % {
        "procedure": say_text(procedure.name),
        "sentence": said,
    }


def say_path(fault: Fault, method: Method) -> str:
    """The way to it, as 甲→乙→丙."""
    return ARROW.join(_name(id, fault, method) for id in fault.path)


def _name(id: str, fault: Fault, method: Method) -> str:
    """A stage, an end, a procedure or a size by its name; what is none of these as it stands."""
    procedure = method.procedure(fault.procedure)
    found = (procedure and (procedure.stage(id) or procedure.end(id))) or None
    known = found or method.procedure(id) or method.size(id)
    return say_text(known.name) if known else id


def _value(value: object, fault: Fault, method: Method) -> str:
    if value is None:
        return _("nothing said")
    if isinstance(value, Bar):
        return say_bar(value)
    if isinstance(value, Limit):
        return say_span(value)
    if isinstance(value, BodyKind):
        return say_kind(value)
    if fault.code.startswith("ballot_"):
        return ballot.say_in_fault(str(value))
    if fault.code == "key_misplaced":
        return say_field(str(value))
    if isinstance(value, StageKind):
        return say_stage_kind(value)
    if fault.code in ("form_unknown", "form_decides") and say_form(str(value)) != value:
        return say_form(str(value))
    if isinstance(value, tuple) and (not value or isinstance(value[0], BodyKind)):
        return _(", ").join(say_kind(one) for one in value)
    if isinstance(value, tuple):  # an edge, and where it leads
        return _name(str(value[-1]), fault, method)
    return _name(str(value), fault, method)


def _edge(fault: Fault, method: Method) -> str:
    procedure = method.procedure(fault.procedure)
    stage = procedure.stage(fault.stage) if procedure else None
    if stage is None or fault.code not in ("target_unknown", "verdict_ignored"):
        return ""
    return (
        say_edge(stage.kind, str(fault.have[0]), by_project=stage.by_project)
        if isinstance(fault.have, tuple)
        else ""
    )


def _sentences() -> dict[str, str]:
    return {
        **_ways(),
        **_orders(),
        **_stages(),
        **method_room_fault.sentences(),
        **ballot.sentences(),
        **_floors(),
        **_places(),
    }


def _ways() -> dict[str, str]:
    return {
        "target_unknown": _(
            "“%(stage)s” leads to “%(have)s” (%(edge)s), and there is no such stage or end; "
            "on the way %(path)s. It may lead to: %(allowed)s."
        ),
        "stage_unreached": _(
            "No way leads to “%(stage)s”. Let some stage lead to it, or take it out."
        ),
        "end_unreached": _(
            "No way leads to the end “%(stage)s”. Let a publishing stage lead to it, or take "
            "it out."
        ),
        "end_unpublished": _(
            "By %(path)s a topic ends without its outcome being published. Before the end it has "
            "to pass a publishing stage: %(allowed)s."
        ),
        "no_way_out": _(
            "From “%(stage)s” (%(path)s) no end can be reached any more. The ends are: %(allowed)s."
        ),
        "loop_unbounded": _(
            "%(path)s can go round for ever. Say for one of these stages how often at most, and "
            "where to after that: %(allowed)s."
        ),
        "exhausted_returns": _(
            "“%(stage)s” leads back to itself where it has been entered often enough (%(path)s), "
            "so it never ends. Let it lead out, to a publishing stage."
        ),
        "size_leads_nowhere": _(
            "“%(have)s” is to take the procedure “%(procedure)s”, and there is none. "
            "It may take: %(allowed)s."
        ),
        "procedure_unchosen": _(
            "Nothing ever takes the procedure “%(have)s”. Let one of these take it: %(allowed)s."
        ),
    }


def _orders() -> dict[str, str]:
    return {
        "vote_undeliberated": _(
            "By %(path)s it is voted upon before anybody has deliberated. Deliberation comes "
            "first: let every way pass one of %(allowed)s."
        ),
        "carried_undecided": _(
            "By %(path)s it is carried out before anybody has decided. Let every way pass one of: "
            "%(allowed)s."
        ),
        "accepted_undone": _(
            "By %(path)s it is inspected before anything has been carried out. Carried out is it "
            "in: %(allowed)s."
        ),
        "end_not_carried_out": _(
            "The end “%(stage)s” says that it has been done, yet by %(path)s nothing was carried "
            "out. Carried out is it in: %(allowed)s."
        ),
        "accepted_by_doer": _(
            "“%(stage)s” is led by %(have)s, who carries it out as well (%(path)s). Who does the "
            "work does not accept it: let somebody else lead."
        ),
        "fallback_undecided": _(
            "What cannot be done is to go back to whoever decided, yet “%(stage)s” goes "
            "%(path)s and does not get there. Decided is it in: %(allowed)s."
        ),
    }


def _stages() -> dict[str, str]:
    return {
        "limit_missing": _(
            "“%(stage)s” (%(path)s) has no time limit and does not say why. Give it a limit, or "
            "the reason why it has none."
        ),
        "limit_and_none": _(
            "“%(stage)s” (%(path)s) has a time limit, %(have)s, and says that it has none. Keep "
            "one of the two."
        ),
        "late_without_limit": _(
            "“%(stage)s” (%(path)s) leads to “%(have)s” where the time is over, and has no time "
            "limit. Give it one."
        ),
        "exhausted_missing": _(
            "“%(stage)s” (%(path)s) may be entered %(have)s times and does not say where it "
            "leads after that. Let it lead to a publishing stage."
        ),
        "times_missing": _(
            "“%(stage)s” (%(path)s) leads to “%(have)s” where it has been entered often enough, "
            "and does not say how often that is."
        ),
        "vote_without_quorum": _(
            "“%(stage)s” (%(path)s) does not say how many have to come for the vote to count."
        ),
        "vote_without_threshold": _(
            "“%(stage)s” (%(path)s) does not say how many have to agree for it to pass."
        ),
        "bar_empty": _(
            "“%(stage)s” (%(path)s) asks for %(have)s: everything reaches that, or nothing. "
            "Choose a share between."
        ),
        "quorum_of_present": _(
            "“%(stage)s” (%(path)s) counts who has come of those who have come. Count of all seats."
        ),
        "period_longer": _(
            "“%(stage)s” (%(path)s) runs for %(have)s and has to be over in %(allowed)s. Give it "
            "a longer time limit."
        ),
        "observer_decides": _(
            "In “%(stage)s” (%(path)s) %(have)s observes and votes. Observers may speak, and do "
            "not vote."
        ),
        "verdict_ignored": _(
            "“%(stage)s” (%(path)s) leads to “%(have)s” whatever comes of it (%(edge)s or not), "
            "as if it were not there. Let the two lead to different stages."
        ),
    }


def _floors() -> dict[str, str]:
    return {
        "quorum_below_floor": _(
            "“%(stage)s” (%(path)s): who has to come is %(have)s, and at least this is required: "
            "%(allowed)s (%(source)s)."
        ),
        "threshold_below_floor": _(
            "“%(stage)s” (%(path)s): who has to agree is %(have)s, and at least this is "
            "required: %(allowed)s (%(source)s)."
        ),
        "quorum_of_other": _(
            "“%(stage)s” (%(path)s) counts who has to come as %(have)s; it is to be counted as "
            "%(allowed)s (%(source)s)."
        ),
        "threshold_of_other": _(
            "“%(stage)s” (%(path)s) counts who has to agree as %(have)s; it is to be counted as "
            "%(allowed)s (%(source)s)."
        ),
        "notice_below_floor": _(
            "“%(stage)s” (%(path)s) gives notice for %(have)s, and at least %(allowed)s is "
            "required (%(source)s)."
        ),
        "notice_other_kind": _(
            "“%(stage)s” (%(path)s) gives notice for %(have)s; say it in the same kind of days "
            "as what is required: %(allowed)s (%(source)s)."
        ),
    }


def _places() -> dict[str, str]:
    return {
        "body_missing": _(
            "“%(stage)s” (%(path)s) needs %(have)s, and there is none here. Enter it first, or "
            "name another body."
        ),
        "seat_empty": _(
            "“%(stage)s” (%(path)s) needs %(have)s, and nobody is appointed to it here. Appoint "
            "somebody first."
        ),
        "party_missing": _(
            "%(have)s would be called to “%(stage)s” (%(path)s), and there is none here. It may "
            "go on without."
        ),
    }
