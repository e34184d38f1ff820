"""The ballots of every vote that was counted, against the digest its sealed result keeps."""

from collections.abc import Iterator

from yishi.core.number import show_number
from yishi.jobs.verify.wrong import Wrong
from yishi.records.models import Vote
from yishi.records.queries.vote_ballots import digest_of


def check_ballots() -> Iterator[Wrong]:
    """Votes whose ballots are not those that were counted. One counted before results kept a
    digest has none to be held against."""
    counted = Vote.objects.filter(result__has_key="ballots_digest").select_related("topic")
    for vote in counted.order_by("id").iterator():
        if digest_of(vote) != vote.result["ballots_digest"]:
            number = show_number(vote.topic.number)
            yield Wrong("ballots_changed", {"number": number, "uid": vote.uid})
