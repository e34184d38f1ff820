"""Parts on the Pingshan cases: `unit`, who leads a known item; `october`, replayed from words."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from yishi.assist.routing import Case, Heard, Item, Items, Units, Where, unit_name
from yishi.cli.evaluate.line import Line
from yishi.cli.evaluate.messages import rows_of

LAST = "2018-10"
FIRST_MARK, THIRD_MARK = 0.69, 0.82
Row = dict[str, str]


def unit(folder: Path) -> Iterable[Line]:
    """Given the true item: is the true unit the first, or among the first three?"""
    for bare in (True, False):
        first, three, count = _by_unit(cases(folder), bare=bare)
        named = _("brackets stripped") if bare else _("with the office in brackets kept apart")
        marks = (FIRST_MARK, THIRD_MARK) if bare else (None, None)
        note = f"{named}; {count}"
        plain_first, plain_three = _plain_unit(cases(folder), bare=bare)
        yield Line(
            _("the unit is the first suggested"),
            first,
            least=marks[0],
            plain=plain_first,
            note=note,
        )
        yield Line(
            _("the unit is among three"), three, least=marks[1], plain=plain_three, note=note
        )


def october(folder: Path) -> Iterable[Line]:
    """The last month through dispatch: item from words, place and channel, unit from that item;
    each case is learned after it was suggested for. The cases have no words of residents, so the
    names of their classes stand for them; without the subclass's name the item must be guessed."""
    for whole in (True, False):
        rows = cases(folder)
        items = Items.of(
            [
                Item(code, f"{row['type']} {row['main']} {row['sub']}")
                for code, row in {item_of(row): row for row in rows}.items()
            ]
        )
        units, often = Units(), Counter[str]()
        of_class: dict[str, Counter[str]] = {}
        hits: Counter[str] = Counter()
        sure: list[tuple[float, bool]] = []
        for key, row in enumerate(rows):
            code, true = item_of(row), unit_name(row["unit"])
            heard = _heard(row, whole=whole)
            if row["created"].startswith(LAST):
                hits["all"] += 1
                found = items.suggest(heard)
                offered = [one.code for one in found]
                sure.append((found[0].confidence if found else 0.0, offered[:1] == [code]))
                hits["item1"] += offered[:1] == [code]
                hits["item5"] += code in offered
                usual = [c for c, _n in of_class.get(row["main"], Counter()).most_common(5)]
                hits["usual1"] += usual[:1] == [code]
                hits["usual5"] += code in usual
                where = _where(row, offered[0]) if offered else None
                leads = [led.unit for led in units.suggest(where)] if where else []
                hits["unit1"] += leads[:1] == [true]
                hits["unit3"] += true in leads
                common = [name for name, _n in often.most_common(3)]
                hits["common1"] += common[:1] == [true]
                hits["common3"] += true in common
            items.learn(Case(key, code, heard))
            units.learn(_where(row, code), true)
            of_class.setdefault(row["main"], Counter())[code] += 1
            often[true] += 1
        said = _("type, class and subclass as words") if whole else _("type and class as words")
        note = f"{said}; {hits['all']}"
        for what, hit, plain in (
            (_("the item is the first suggested"), "item1", "usual1"),
            (_("the item is among five"), "item5", "usual5"),
            (_("the unit by the first item is the first"), "unit1", "common1"),
            (_("the unit by the first item is among three"), "unit3", "common3"),
        ):
            yield Line(what, hits[hit] / hits["all"], plain=hits[plain] / hits["all"], note=note)
        yield Line(_("confidence is off by, on average"), gap(sure), note=note)


def gap(sure: list[tuple[float, bool]]) -> float:
    """How far the mean confidence is from the share that was right, by tenths of confidence."""
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in sure:
        tenths.setdefault(min(int(confidence * 10), 9), []).append((confidence, right))
    off = (abs(sum(c for c, _r in some) - sum(r for _c, r in some)) for some in tenths.values())
    return sum(off) / len(sure)


def cases(folder: Path) -> list[Row]:
    """The cases in the order they came in."""
    rows = rows_of(folder / "appeals_pingshan2018" / "cases.csv")
    return sorted(rows, key=lambda row: (row["created"], int(row["rec_id"])))


def item_of(row: Row) -> str:
    """What stands for the code of an item."""
    return f"{row['main']}|{row['sub']}"


def _heard(row: Row, *, whole: bool) -> Heard:
    words = f"{row['type']} {row['main']}" + (f" {row['sub']}" if whole else "")
    marks = (f"place:{row['community']}", f"area:{row['street']}", f"channel:{row['channel']}")
    return Heard(words, marks)


def _where(row: Row, code: str) -> Where:
    major = code.partition("|")[0]
    return Where(code, major=major, community=row["community"], street=row["street"])


def _by_unit(rows: list[Row], *, bare: bool) -> tuple[float, float, int]:
    units = Units()
    first = three = count = 0
    for row in rows:
        true = unit_name(row["unit"]) if bare else row["unit"]
        where = _where(row, item_of(row))
        if row["created"].startswith(LAST):
            offered = [led.unit for led in units.suggest(where)]
            first += offered[:1] == [true]
            three += true in offered
            count += 1
        units.learn(where, true)
    return first / count, three / count, count


def _plain_unit(rows: list[Row], *, bare: bool) -> tuple[float, float]:
    """The unit that led this item most often so far, wherever."""
    often: dict[str, Counter[str]] = {}
    first = three = count = 0
    for row in rows:
        true = unit_name(row["unit"]) if bare else row["unit"]
        seen = often.setdefault(item_of(row), Counter())
        if row["created"].startswith(LAST):
            usual = [name for name, _n in seen.most_common(3)]
            first += usual[:1] == [true]
            three += true in usual
            count += 1
        seen[true] += 1
    return first / count, three / count
