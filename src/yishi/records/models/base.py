"""What every kept row has: a random uid that may leave the process, unlike its integer key."""

from django.db import models

UID_LENGTH = 20


class Kept(models.Model):
    """A row named by a random uid. `SEALED` columns are digested into the journal together;
    each of `SEALED_TEXT` has a digest of its own, so that erasing one spares the rest.

    `SEALED_LATER` are columns the table got later: they join the digest where they hold
    something, so that what was sealed before they came still verifies. `SEALED_SINCE` hold
    something in every row and joined later too, the keys by which a row hangs on others among them:
    what was sealed before verifies without them, what was sealed since with them alone.
    """

    SEALED: tuple[str, ...] = ()
    SEALED_LATER: tuple[str, ...] = ()
    SEALED_SINCE: tuple[str, ...] = ()
    SEALED_TEXT: tuple[str, ...] = ()
    ROW = ""

    uid = models.CharField(max_length=UID_LENGTH, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.ROW or type(self).__name__} {self.uid}"
