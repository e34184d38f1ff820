"""Part `routing_cost`: what the index costs at 1,285 items and 120,000 cases, in CPU."""

import random
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from yishi.assist.routing import Case, Heard, Item, Items
from yishi.cli.evaluate.line import Line
from yishi.cli.evaluate.messages import rows_of

ITEMS, CASES, ASKED = 1_285, 120_000, 300
MS_MOST, SECONDS_MOST = 5.0, 10.0


def routing_cost(folder: Path, seed: int = 1) -> Iterable[Line]:
    """The index built anew, a suggestion, and learning one case; texts of about 80 signs are made
    of the words of the shared taxonomy and the shared list."""
    draw = random.Random(seed)  # noqa: S311 - no secret: the same texts each time
    words = _words(folder)
    listed = [Item(f"{number:04d}", " ".join(draw.choices(words, k=3))) for number in range(ITEMS)]
    cases = list(_cases(listed, words, draw))
    began = time.process_time()
    items = Items.of(listed, cases)
    built = time.process_time() - began
    size = sum(len(case.heard.words) for case in cases) / CASES
    yield Line(_("the index made anew"), built, most=SECONDS_MOST, unit=_("s of CPU"))
    asked = draw.sample(cases, ASKED)
    for note in (_("settled"), _("with %(many)s cases just learned") % {"many": ASKED}):
        began = time.process_time()
        for case in asked:
            items.suggest(case.heard)
        each = (time.process_time() - began) / ASKED * 1000
        words_long = _("%(signs)s signs to a text") % {"signs": round(size)}
        yield Line(
            _("one suggestion"),
            each,
            most=MS_MOST,
            unit=_("ms of CPU"),
            note=f"{note}; {words_long}",
        )
        began = time.process_time()
        for case in asked:
            items.learn(case)
        learned = (time.process_time() - began) / ASKED * 1e6
    yield Line(_("learning one case"), learned, unit=_("µs of CPU"))


def _words(folder: Path) -> list[str]:
    taxonomy = rows_of(folder / "appeals_tipdm2020c" / "taxonomy.csv")
    listed = rows_of(folder / "duty_yuncheng" / "standards.csv")
    found = [row[level] for row in taxonomy for level in ("level2", "level3")]
    found += [row[column] for row in listed for column in ("小类名称", "立案条件")]
    return sorted({word[:16] for word in found if len(word) > 1})


def _cases(listed: list[Item], words: list[str], draw: random.Random) -> Iterator[Case]:
    for key in range(CASES):
        item = draw.choice(listed)
        said = draw.choice(item.words.split()) + "，" + "，".join(draw.choices(words, k=9))
        marks = (f"place:{key % 60}", f"channel:{key % 5}")
        yield Case(key, item.code, Heard(said[:90], marks))
