"""Meetings of the demo, each a story told beside the others."""

from yishi.demo.meetings.tell import Meetings

__all__ = ["Meetings"]
