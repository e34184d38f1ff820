"""Topics told beside the cases, from `*.toml`: each step through the act it is."""

from yishi.demo.topics.steps import tell
from yishi.demo.topics.talk import Talks

__all__ = ["Talks", "tell"]
