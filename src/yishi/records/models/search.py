"""What is searched: the folded texts of a case or a topic, without what identifies anybody."""

from django.db import models

from yishi.records.models.case import Case
from yishi.records.models.topic import Topic


class SearchDoc(models.Model):
    """A document of the index, written with the act that changed its case or topic.

    `id` is twice the case's key for what staff may see, one more for what is on the public board;
    a topic's lies far below all of those.
    `head` holds numbers and title, `words` the rest: folded runs, a line each. `version` is that
    of `core.search`. SQLite keeps the tokens in the table `records_searchdoc_fts` under the same
    id, PostgreSQL in the column `tokens`; `records/index.py` writes both.
    """

    id = models.BigIntegerField(primary_key=True)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="search_docs", db_index=False
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, related_name="search_docs", db_index=False
    )
    head = models.TextField()
    words = models.TextField()
    version = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=["version"], name="searchdoc_version"),)
