"""Kinds ``law`` and ``floors``: what no method may go below, and whose a matter is to decide.

``law`` is adopted for the whole installation and locked; ``floors`` are a district's or a
sub-district's own, on top of it.
"""

from __future__ import annotations

from typing import Any

from yishi.core.method.floors import BodyFloor, Floors, Matter
from yishi.core.method.language import Competence, Layer
from yishi.core.method.measure import Limit
from yishi.core.place import BodyKind
from yishi.rulebook.kinds.methods import BAR, BODY, CODE, bar_of
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import At
from yishi.rulebook.schema import HEADER, ListOf, SpanField, Table, TextField, Words

FILE = Table(
    {
        **HEADER,
        "bodies": ListOf(
            Table({"body": BODY, "quorum": BAR, "threshold": BAR}),
            unique="body",
            may_be_empty=True,
            optional=True,
            default=(),
        ),
        "notice": SpanField(optional=True),
        "matters": ListOf(
            Table(
                {
                    "code": CODE,
                    "name": TextField(),
                    "competence": Words(choices=tuple(one.value for one in Competence)),
                    "source": Words(longest=200),
                    "route": TextField(),
                    "words": ListOf(
                        Words(longest=20), may_be_empty=True, optional=True, default=()
                    ),
                }
            ),
            unique="code",
            may_be_empty=True,
            optional=True,
            default=(),
        ),
    }
)


def floors_of(bundle: Bundle) -> Floors:
    """The requirements of a bundle of either kind. Raises RuleFileError."""
    data: dict[str, Any] = FILE.check(bundle.data, At(bundle.file))
    notice = data["notice"]
    return Floors(
        id=bundle.id,
        version=bundle.version,
        layer=Layer.LAW if bundle.kind == "law" else Layer.DISTRICT,
        bodies=tuple(
            BodyFloor(BodyKind(one["body"]), bar_of(one["quorum"]), bar_of(one["threshold"]))
            for one in data["bodies"]
        ),
        notice=Limit(notice.value, notice.source) if notice else None,
        matters=tuple(
            Matter(**{**one, "competence": Competence(one["competence"])})
            for one in data["matters"]
        ),
    )
