"""Rule files written inside the tests that need them."""

from yishi.rulebook.load import Bundle, read_bundle

HEAD = 'id = "t"\nversion = "1"\nvalid_from = 2026-01-01\nsource = "ours"\n'


def bundle(kind: str, body: str, *, head: str = HEAD, **texts: str) -> Bundle:
    """A bundle of ``kind`` whose TOML is a standard head and ``body``; ``texts`` are Markdown."""
    files = {"t.toml": f'kind = "{kind}"\n{head}{body}'.encode()}
    files |= {f"t/{name}.md": words.encode() for name, words in texts.items()}
    return read_bundle(kind, files)
