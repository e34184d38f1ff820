"""Lines of a roll that are probably one: 1单元501 and 501 of one building. Pointed out when a roll
is made and never joined by itself, since another stair may have a 501 of its own. Source: ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from yishi.core.method.language import Unit

_STAIR = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})"
_ROOM = re.compile(rf"(?P<stair>{_STAIR}(?:单元|-))?(?P<room>[0-9]{{2,5}})[室号]?")


def alike_lines(unit: Unit, lines: Iterable[tuple[int, str, str]]) -> list[tuple[int, int]]:
    """Pairs of numbers: a line whose home has a stair, and one without it of the same building and
    room; of persons only where they have one name. `lines`: (number, home, name)."""
    plain: dict[tuple[str, str, str], int] = {}
    staired: list[tuple[tuple[str, str, str], int]] = []
    for no, label, name in lines:
        who = _norm(name) if unit is Unit.PERSON else ""
        for part in label.split("、"):
            building, _, room = part.strip().rpartition(" ")
            found = _ROOM.fullmatch(_norm(room))
            if not building or found is None:
                continue
            key = (_norm(building), found["room"], who)
            if found["stair"]:
                staired.append((key, no))
            else:
                plain.setdefault(key, no)
    pairs = {(no, plain[key]): None for key, no in staired if plain.get(key, no) != no}
    return sorted(pairs)


def _norm(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
