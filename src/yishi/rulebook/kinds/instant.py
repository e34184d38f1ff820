"""Kind ``instant``: the limits of instant answers, and what no text may answer."""

from __future__ import annotations

from yishi.core.instant import InstantRules
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import At
from yishi.rulebook.schema import HEADER, ListOf, Number, Sourced, SpanField, Table, Words

FILE = Table(
    {
        **HEADER,
        "longest": SpanField(),
        "silent": SpanField(),
        "sizes": Table(
            {
                "answer": Number(most=2_000),
                "topic_words": Number(most=50),
                "topic_word": Number(most=10),
                "matter": Number(most=2_000),
            }
        ),
        "may_answer": ListOf(Words()),
        "danger": ListOf(Words(longest=20)),
    }
)


def instant_rules(bundle: Bundle) -> InstantRules:
    """The limits of a bundle. Raises RuleFileError."""
    data = FILE.check(bundle.data, At(bundle.file))
    sizes = data["sizes"]
    numbers = {"longest": data["longest"], "silent": data["silent"]}
    numbers |= {f"sizes.{name}": value for name, value in sizes.items()}
    return InstantRules(
        id=bundle.id,
        version=bundle.version,
        answer_max=sizes["answer"].value,
        words_max=sizes["topic_words"].value,
        word_min=sizes["topic_word"].value,
        matter_max=sizes["matter"].value,
        longest=data["longest"].value,
        silent=data["silent"].value,
        natures=frozenset(data["may_answer"]),
        danger=data["danger"],
        sources={
            name: value.source for name, value in numbers.items() if isinstance(value, Sourced)
        },
    )
