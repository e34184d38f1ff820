"""One measured figure, and the mark it is held to."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Line:
    """`what` was measured, in the operator's language, and came to `value`.

    `least` and `most`: the marks it is held to, where it is held to any. `plain`: what the plain
    rule named in `what` or `note` gives beside it. `unit`: written after the value.
    """

    what: str
    value: float
    least: float | None = None
    most: float | None = None
    plain: float | None = None
    unit: str = ""
    note: str = ""

    @property
    def misses(self) -> bool:
        """Whether the figure misses a mark it is held to."""
        below = self.least is not None and self.value < self.least
        return below or (self.most is not None and self.value > self.most)


def say_line(line: Line) -> str:
    """`✓ what: 0.931 (at least 0.92; plain 0.71) note`."""
    sign = "·" if line.least is None and line.most is None else "✗" if line.misses else "✓"
    beside = []
    if line.least is not None:
        beside.append(_("at least %(mark)s") % {"mark": figure(line.least)})
    if line.most is not None:
        beside.append(_("at most %(mark)s") % {"mark": figure(line.most)})
    if line.plain is not None:
        beside.append(_("plain %(value)s") % {"value": figure(line.plain)})
    said = f"{sign} {line.what}: {figure(line.value)}{line.unit and ' ' + line.unit}"
    said += f" ({_('; ').join(beside)})" if beside else ""
    return f"{said} · {line.note}" if line.note else said


def figure(value: float) -> str:
    """Counts whole, everything else to three decimal places."""
    return str(int(value)) if value == int(value) and abs(value) > 1 else f"{value:.3f}"
