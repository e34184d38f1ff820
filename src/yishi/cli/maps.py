"""What the commands that take a table share: the column map, the place, one sentence of refusal."""

import sys
from pathlib import Path

from yishi.core.columns import ColumnMap
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.rulebook.load import Bundle, load_bundle
from yishi.rulebook.problem import RuleFileError
from yishi.rulebook.shipped import shipped

UNUSABLE = 2
"""What a command answers when it could do nothing at all."""


def find_map(name: str, reads: str) -> ColumnMap | Refusal:
    """The shipped column map `name`, or the one in the file `name`, kept before it is used.

    Refused: `map_unknown`, `map_wrong` (it reads something else), and what keeping it refuses.
    Raises RuleFileError where the file is broken.
    """
    from yishi.rulebook.kinds import column_map

    maps = {bundle.id: bundle for bundle in shipped() if bundle.kind == "mapping"}
    if name in maps:
        bundle = maps[name]
    elif name.endswith(".toml") and Path(name).is_file():
        bundle = load_bundle(Path(name))
    else:
        return Refusal("map_unknown", tuple(maps), name)
    columns = column_map(bundle)
    if columns.reads != reads:
        return Refusal("map_wrong", reads, bundle.id, columns.reads)
    return _keep(bundle) or columns


def _keep(bundle: Bundle) -> Refusal | None:
    """A map that was used can be read again as long as the journal names it."""
    from yishi.acts import rule
    from yishi.acts.door import Ask
    from yishi.records.entropy import SYSTEM_ENTROPY, new_uid
    from yishi.records.models import BundleRow
    from yishi.records.wallclock import now

    if BundleRow.objects.filter(kind=bundle.kind, sha256=bundle.sha256).exists():
        return None
    answer = rule.load_bundle(Ask(SYSTEM, now(), new_uid(SYSTEM_ENTROPY)), bundle)
    return answer if isinstance(answer, Refusal) else None


def complain(refusal: Refusal | RuleFileError | str) -> int:
    """Says on the error stream why nothing was done; answers the command's exit status."""
    from yishi.phrases.row import say_row

    words = say_row(refusal) if isinstance(refusal, Refusal) else str(refusal)
    print(words, file=sys.stderr)
    return UNUSABLE
