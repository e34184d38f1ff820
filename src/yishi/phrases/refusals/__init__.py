"""What each refusal says, a file for each field of the work.

Every file has `words()`: code → (title, what is missing, what to do next). They are put into
the language of the reader when they are asked for.
"""

from yishi.phrases.refusals import (
    asking,
    ballot,
    carrying,
    case,
    count,
    file,
    form,
    instant,
    joining,
    meeting,
    method,
    outside,
    oversight,
    people,
    project,
    publication,
    round,
    rules,
    search,
    stage,
    table,
    template,
    texts,
    topic,
    vote,
    works,
)

Words = dict[str, tuple[str, str, str]]
PARTS = (
    project,
    form,
    instant,
    case,
    asking,
    joining,
    outside,
    oversight,
    publication,
    people,
    file,
    table,
    rules,
    method,
    meeting,
    search,
    template,
    texts,
    topic,
    stage,
    carrying,
    vote,
    ballot,
    count,
    round,
    works,
)


def every_word() -> Words:
    """All codes in the language of now."""
    return {code: said for part in PARTS for code, said in part.words().items()}
