"""What a verification finds, in a sentence each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.case.state import CaseState
from yishi.phrases.clock import say_exact
from yishi.phrases.state import say_state


def say_wrong(code: str, params: Mapping[str, Any]) -> str:
    """The sentence for one finding. Raises KeyError for a code without words."""
    if code == "log":
        return _log(str(params["code"])) % {"where": params["where"], "detail": params["detail"]}
    if code == "case_state":
        states = {name: _state(str(params[name])) for name in ("state", "said")}
        return _words()[code] % {**params, **states}
    words = _words()[code] % params
    if code in ROWS:
        words += _last_act(params)
    return words


def _state(state: str) -> str:
    return say_state(state)["word"] if state in list(CaseState) else state


ROWS = frozenset(
    {"row_changed", "text_changed", "row_missing", "row_unsealed", "text_unsealed", "seal_missing"}
)


def _last_act(params: Mapping[str, Any]) -> str:
    """Which case it belongs to, and the act that last wrote it."""
    words = ""
    if params["number"]:
        words += " " + _("It belongs to %(number)s.") % params
    if params["act"]:
        at: datetime = params["at"]
        values = {**params, "at": say_exact(at), "seq": _number(params["seq"])}
        words += " " + _("Last written by %(act)s (%(by)s) on %(at)s, entry %(seq)s.") % values
    return words


def _number(seq: int | None) -> str:
    return _("not numbered yet") if seq is None else str(seq)


def _words() -> dict[str, str]:
    return {
        "no_key": _("No key is known that this log was signed with."),
        "key_differs": _("The key published beside the log is not the key of this installation."),
        "sequencer_busy": _("The sequencer did not pause within a minute; try again."),
        "entry_missing": _(
            "Entry %(seq)s is in the published log and not in the database (%(kind)s %(uid)s)."
        ),
        "entry_differs": _(
            "Entry %(seq)s in the database is not what was published (%(act)s, %(kind)s "
            "%(subject)s)."
        ),
        "entry_columns": _(
            "The columns of entry %(uid)s do not say what its leaf says (%(act)s, %(kind)s "
            "%(subject)s)."
        ),
        "entry_unreadable": _("The leaf of entry %(uid)s cannot be read."),
        "row_changed": _("Changed without an act: %(table)s %(uid)s."),
        "text_changed": _("Changed without an act: “%(text)s” of %(table)s %(uid)s."),
        "row_missing": _("Removed without an act: %(table)s %(uid)s."),
        "row_unsealed": _("Added without an act: %(table)s %(uid)s."),
        "text_unsealed": _("Written without an act: “%(text)s” of %(table)s %(uid)s."),
        "seal_missing": _("The salt of %(table)s %(uid)s is gone while the row is there."),
        "case_untold": _("Case %(number)s has no entry in the journal."),
        "case_state": _("Case %(number)s stands at %(state)s; its last entry left it at %(said)s."),
        "case_version": _("Case %(number)s has version %(has)s; the journal counts %(acts)s acts."),
        "ballots_changed": _("The ballots of vote %(uid)s (%(number)s) are not those counted."),
        "file_missing": _("The file %(sha256)s of %(number)s is missing."),
        "file_changed": _("The file %(sha256)s of %(number)s holds other bytes than were kept."),
    }


def _log(code: str) -> str:
    """The sentence for a code of `tlog.findings`; `detail` is the finding's own English."""
    return {
        "checkpoint_none": _("There is no checkpoint signed with a known key."),
        "checkpoint_malformed": _("%(where)s cannot be read as a checkpoint (%(detail)s)."),
        "checkpoint_unsigned": _("%(where)s is not signed with a known key."),
        "signature_wrong": _("The signature of %(where)s is wrong."),
        "origin_differs": _("%(where)s belongs to another log (%(detail)s)."),
        "size_shrinks": _("The log shrank at %(where)s (%(detail)s)."),
        "root_differs": _("The log is not what was signed at %(where)s: %(detail)s."),
        "root_unreached": _("The log breaks off before what was signed at %(where)s (%(detail)s)."),
        "file_missing": _("The published file %(where)s is missing."),
        "file_malformed": _("The published file %(where)s cannot be read (%(detail)s)."),
        "tile_differs": _("The published file %(where)s was changed (%(detail)s)."),
        "entry_differs": _("Entry %(where)s of the published log was changed (%(detail)s)."),
        "leaf_malformed": _("Entry %(where)s of the published log is malformed (%(detail)s)."),
        "leaf_foreign": _("Entry %(where)s belongs to another log (%(detail)s)."),
        "uid_repeated": _("Entry %(where)s repeats another one (%(detail)s)."),
        "number_broken": _("An act is missing before entry %(where)s (%(detail)s)."),
        "same_person": _("At entry %(where)s somebody checked their own work (%(detail)s)."),
    }[code]
