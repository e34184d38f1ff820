"""Kind ``voices``: when what was said on a topic is not shown; how much one person may say; how
long a text may be."""

from __future__ import annotations

from yishi.core.voices import COMMENT, OBJECTION, Ground, VoiceRules
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import At
from yishi.rulebook.schema import HEADER, ListOf, Number, Table, TextField, Words

CODE_MAX = 20
FILE = Table(
    {
        **HEADER,
        "grounds": ListOf(
            Table({"code": Words(longest=CODE_MAX), "name": TextField(), "source": Words()}),
            unique="code",
        ),
        "most": Table({"comments": Number(1, 1_000), "objections": Number(1, 1_000)}),
        "sizes": Table({"text": Number(least=2_000, most=100_000)}),
    }
)


def voice_rules(bundle: Bundle) -> VoiceRules:
    """The grounds and limits of a ``voices`` bundle. Raises RuleFileError."""
    data = FILE.check(bundle.data, At(bundle.file))
    most, said = data["sizes"]["text"], data["most"]
    return VoiceRules(
        bundle.id,
        bundle.version,
        {one["code"]: Ground(one["name"], one["source"]) for one in data["grounds"]},
        most.value,
        most.source,
        {
            COMMENT: (said["comments"].value, said["comments"].source),
            OBJECTION: (said["objections"].value, said["objections"].source),
        },
    )
