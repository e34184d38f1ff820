"""The works of a project in words: messages to those it concerns, looks, papers and scores."""

from django.utils.translation import gettext as _

from yishi.core.project.now import ChangeState, WorksPaper


def said_messages() -> dict[str, str]:
    """Template → words, for whose wish a project was and who pays for it."""
    return {
        "project.begun": _(
            "“%(title)s” (%(number)s), which you help to pay for, is being built now."
        ),
        "project.changed": _(
            "The cost of “%(title)s” (%(number)s) has changed. The works wait until the money is "
            "found."
        ),
        "project.change_refused": _(
            "The change you asked for at “%(title)s” (%(number)s) was refused: “%(words)s”"
        ),
        "project.payment_reversed": _(
            "A payment you entered for “%(title)s” (%(number)s), %(amount)s on voucher "
            "%(voucher)s, was reversed: “%(words)s”"
        ),
        "project.accepted": _("“%(title)s” (%(number)s) was inspected and accepted."),
        "project.not_accepted": _(
            "“%(title)s” (%(number)s) was inspected and not accepted; the works go on."
        ),
        "project.settled": _(
            "The final account of “%(title)s” (%(number)s) was reviewed. What is over goes back to "
            "whoever gave it."
        ),
        "project.handed": _(
            "%(unit)s is asked to look after “%(title)s” (%(number)s). Please take it over."
        ),
        "project.handed_over": _(
            "“%(title)s” (%(number)s) is done, and %(unit)s looks after it from now on."
        ),
        "project.stopped": _("“%(title)s” (%(number)s) was stopped: “%(words)s”"),
    }


def say_few_of(have: int, need: int) -> str:
    """That too few scored a project, in few words."""
    return _("Too few scored it: %(have)s of %(need)s") % {"have": have, "need": need}


def say_too_few(have: int, need: int) -> str:
    """The same as a sentence, with what follows from it."""
    said = _(
        "Too few scored it: %(have)s, and it takes %(need)s. It counts neither as satisfied nor as "
        "dissatisfied."
    )
    return said % {"have": have, "need": need}


def say_works_paper(kind: str) -> str:
    """What a paper of the works is."""
    return {
        WorksPaper.CONTRACT: _("Contract"),
        WorksPaper.BUILT: _("As it was built"),
        WorksPaper.ACCEPTANCE: _("Inspection"),
        WorksPaper.REVIEW: _("Review of the final account"),
        WorksPaper.HANDING: _("Record of handing over"),
    }[WorksPaper(kind)]


def say_change_state(state: str) -> dict[str, str]:
    """A tag {word, mark, kind} for how a change of the cost stands."""
    word, mark, kind = {
        ChangeState.ASKED: (_("Waits to be decided"), "waiting", "waiting"),
        ChangeState.APPROVED: (_("Approved"), "check", "done"),
        ChangeState.REFUSED: (_("Refused"), "refuse", ""),
    }[ChangeState(state)]
    return {"word": word, "mark": mark, "kind": kind}
