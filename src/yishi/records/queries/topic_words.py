"""The words of topics that everybody reads on their page: title, why, options, what came of it.

What somebody said as a comment or an objection is not among them: it may be hidden or forgotten.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from yishi.core.number import show_number
from yishi.records.models import Option, Topic

COLUMNS = (
    "pk", "number", "title", "words", "result", "place__line", "place__name", "raised_by__name",
    "raised_by__phone",
)  # fmt: skip


@dataclass
class TopicWords:
    """One topic: its number as it is shown, its title, and `texts`. `known`: name and phone of
    whoever raised it, to be cut out. `line`: ids of its places, from the district down."""

    number: str
    title: str
    place: str
    line: str
    known: set[str]
    texts: list[str] = field(default_factory=list)

    @property
    def shown(self) -> list[str]:
        """All of them, in the order they are looked through for a cutting."""
        return [self.title, *self.texts, self.place, self.number]


def words_of(topic_ids: Sequence[int]) -> dict[int, TopicWords]:
    """topic id → its words. Two statements, none for none."""
    if not topic_ids:
        return {}
    found: dict[int, TopicWords] = {}
    rows = Topic.objects.filter(pk__in=topic_ids).values_list(*COLUMNS)
    for pk, number, title, words, result, line, place, name, phone in rows:
        known = {one for one in (name, (phone or "").removeprefix("+86")) if one and len(one) > 1}
        texts = [text for text in (words, result) if text]
        found[pk] = TopicWords(show_number(number), title, place, line, known, texts)
    options = Option.objects.filter(topic_id__in=topic_ids).order_by("topic_id", "no")
    for pk, title, words in options.values_list("topic_id", "title", "words"):
        found[pk].texts += [text for text in (title, words) if text]
    return found
