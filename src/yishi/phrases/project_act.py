"""The acts on a round's money and on its projects in a few words, as the public record has them."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Act → what was done."""
    return {
        "round.announce_fund": _("Fund of a round announced"),
        "round.correct_fund": _("Fund of a round put right"),
        "round.sweep": _("Unspent money of a round swept"),
        "project.view": _("Project read"),
        "project.read_papers": _("Papers of a project read"),
        "project.read_works_papers": _("Papers of the works read"),
        "accounts.view": _("Accounts of a round read"),
        "project.add_opinion": _("Opinion on a project given"),
        "project.add_quotation": _("Quotation entered"),
        "project.cost": _("Project costed"),
        "project.take_quotation": _("Quotation taken"),
        "project.decide": _("Project decided on in talks"),
        "project.reopen": _("Project talked over again"),
        "project.offer": _("Share of a project's cost offered"),
        "project.withdraw_pledge": _("Offer taken back"),
        "project.confirm_pledge": _("Offer valued and confirmed"),
        "project.decline_pledge": _("Offer not taken up"),
        "project.fund": _("Every yuan of a project found"),
        "project.pay": _("Payment for a project entered"),
        "project.reverse_payment": _("Payment entered by mistake reversed"),
    }
