"""Who led and who helped with such cases before: counts by item, grade and place, with back-off."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

# A wider place or class speaks as loud as so many cases of a narrower one. Ours.
LENT = 4.0
MOST = 3
# A co-handler is suggested where at least this share of the cases there had it. Ours.
CO_SHARE = 0.5
CO_LEAST = 2

_BRACKETS = re.compile(r"[（(\[【〔][^）)\]】〕]*[）)\]】〕]")


def unit_name(name: str) -> str:
    """One spelling of a unit's name: NFKC, without spaces, without what stands in brackets.

    市政服务中心（坪山街道办事处） is 市政服务中心: which street's it is, the place says.
    """
    bare = _BRACKETS.sub("", name)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", bare)).strip("-")


@dataclass(frozen=True, slots=True)
class Where:
    """What a unit is learned by: item, grade, class (`major`), community, and the place above."""

    item: str
    grade: str = ""
    major: str = ""
    community: str = ""
    street: str = ""

    def contexts(self) -> Iterator[tuple[str, ...]]:
        """From the widest to the narrowest; a narrower one is heard over a wider one."""
        yield ()
        yield ("s", self.street)
        yield ("m", self.major)
        yield ("ms", self.major, self.street)
        yield ("i", self.item)
        yield ("is", self.item, self.street)
        yield ("ic", self.item, self.community)
        if self.grade:
            yield ("igs", self.item, self.grade, self.street)
            yield ("igc", self.item, self.grade, self.community)


@dataclass(frozen=True, slots=True)
class Led:
    """A unit, the likelihood that it leads (0–1), and how often it led this item here, `times`
    of `of` cases."""

    unit: str
    share: float
    times: int
    of: int


@dataclass
class Units:
    """Leads and co-handlers by context."""

    leads: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)
    co: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)

    def learn(self, where: Where, lead: str, co: tuple[str, ...] = ()) -> None:
        """One more dispatched case."""
        for context in where.contexts():
            self.leads.setdefault(context, Counter())[lead] += 1
            if co and context and context[0].startswith("i"):
                self.co.setdefault(context, Counter()).update(co)

    def suggest(self, where: Where, most: int = MOST) -> list[Led]:
        """The likeliest leads, at most `most`; none where nothing was learned."""
        shares: dict[str, float] = {}
        for context in where.contexts():
            seen = self.leads.get(context)
            if seen:
                total = seen.total()
                heard = total / (total + LENT)
                shares = {unit: share * (1 - heard) for unit, share in shares.items()}
                for unit, times in seen.items():
                    shares[unit] = shares.get(unit, 0.0) + heard * times / total
        whole = sum(shares.values())
        ranked = sorted(shares, key=lambda unit: -shares[unit])[:most]
        here = self.leads.get(("ic", where.item, where.community), Counter())
        return [Led(unit, shares[unit] / whole, here[unit], here.total()) for unit in ranked]

    def co_handlers(self, where: Where) -> tuple[str, ...]:
        """Those that helped in half of the cases of this item here, or, where there are fewer
        than two, above here."""
        for context in reversed(list(where.contexts())):
            seen = self.leads.get(context, Counter())
            if context and context[0].startswith("i") and seen.total() >= CO_LEAST:
                most = self.co.get(context, Counter()).most_common()
                return tuple(unit for unit, n in most if n >= CO_SHARE * seen.total())
        return ()
