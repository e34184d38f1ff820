"""What is kept of a ballot, as it is told to whoever casts one."""

from django.utils.translation import gettext as _

from yishi.web.vote.shown import ShownVote


def kept_of(shown: ShownVote) -> list[str]:
    """What is kept of a ballot, said plainly."""
    if shown.vote.is_secret:
        return [
            _("Kept: that you voted, and when. So nobody votes twice."),
            _(
                "Your choice is kept apart under a key that is destroyed when the vote closes. "
                "From then on nobody can find out what you chose, not even here."
            ),
            _("Until it ends you may change your choice; it is not shown to you again either."),
        ]
    return [
        _("Kept: that you voted, when, and what you chose. This is a vote by name."),
        _("The result is published in numbers, without names."),
    ]
