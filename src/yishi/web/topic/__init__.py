"""Pages of topics (议题): the review, and each act of a stage, on a page of its own."""

from collections.abc import Sequence

from django.urls import URLPattern, path

from yishi.web import topic_exceptions, topic_late
from yishi.web.topic import (
    calling_back,
    changing,
    doors,
    dossier,
    from_cases,
    helping,
    hiding,
    leaving,
    looking_on,
    option,
    page,
    paper,
    poster,
    raise_,
    review,
    texts,
    voting_roll,
)
from yishi.web.topic import list as topics
from yishi.web.topic.beside import addresses as beside
from yishi.web.topic.deed import addresses
from yishi.web.topic.deeds import DEEDS

# The module `list` stands where the type would.
urls: Sequence[URLPattern] = [
    *topics.urls,
    *raise_.urls,
    *from_cases.urls,
    *topic_exceptions.urls,
    *topic_late.urls,
    *page.urls,
    *dossier.urls,
    path("topics/<str:uid>/review", review.view, name="topic_review"),
    *option.urls,
    *paper.urls,
    *leaving.urls,
    *voting_roll.urls,
    *changing.urls,
    *doors.urls,
    *hiding.urls,
    *poster.urls,
    *texts.urls,
    *beside([*helping.DEEDS, looking_on.DEED, *calling_back.DEEDS]),
    *addresses(DEEDS),
]
