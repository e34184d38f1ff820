"""Writing rule files from values read elsewhere."""

import json


def toml_words(words: str) -> str:
    """A TOML basic string: JSON's, and DEL escaped, which TOML forbids bare."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
