"""What was typed, without the signs nobody types.

A text pasted from another program may hold control characters: PostgreSQL keeps no NUL, and the
marks of direction (U+200E–200F, U+202A–202E, U+2066–2069) let a line read otherwise than it is
written. What has no width (U+200B, U+2060, U+FEFF) lets a line that says nothing pass for one that
does. They count as absent, so that the words around them are kept. Ends of line and tabs stay, and
the joiners of scripts and emoji (U+200C–200D).
"""

from django.http import HttpRequest, QueryDict

NUL = "\x00"
# What fields of one line are called in every form: a line break in one was not typed there.
ONE_LINE = frozenset({"title", "name", "who"})
UNSEEN = {
    sign: None
    for sign in (
        *range(0x20),
        *range(0x7F, 0xA0),
        0x200B,
        *range(0x200E, 0x2010),
        *range(0x202A, 0x202F),
        0x2060,
        *range(0x2066, 0x206A),
        0xFEFF,
    )
    if chr(sign) not in "\n\r\t"
}


def seen(text: str) -> str:
    """The text as its reader sees it."""
    return text.translate(UNSEEN)


def clean_typed(request: HttpRequest) -> None:
    """Leaves in the address's query and in the form only what can be seen, and of what is one
    line all its words on one.

    Names of files are left so already by whoever parses the form.
    """
    request.GET = _cleaned(request.GET)  # type: ignore[assignment]
    request.POST = _cleaned(request.POST)  # type: ignore[assignment]


def _cleaned(sent: QueryDict) -> QueryDict:
    if all(
        name == seen(name) and text == _as_typed(name, text)
        for name, texts in sent.lists()
        for text in texts
    ):
        return sent
    kept = QueryDict(mutable=True, encoding=sent.encoding)
    for name, texts in sent.lists():
        for text in texts:
            kept.appendlist(seen(name), _as_typed(name, text))
    kept._mutable = False
    return kept


def _as_typed(name: str, text: str) -> str:
    if name in ONE_LINE and ("\n" in text or "\r" in text):
        text = " ".join(text.split())
    return seen(text)
