"""Refusals of a round's money and of a project costed, decided on and paid for."""

from django.utils.translation import gettext as _

# What the words already say, so that a bare 1 and 0 would only puzzle the reader.
SAID = frozenset(
    {
        "not_a_round",
        "pledge_voted_on",
        "terms_fixed",
        "funds_missing",
        "fund_unknown",
        "fund_name_missing",
        "fund_twice",
        "fund_same",
        "nothing_to_sweep",
        "not_costed",
        "cost_opinion_missing",
        "opinion_paper_missing",
        "quotation_paper_missing",
        "quotation_unknown",
        "bidder_missing",
        "bidder_twice",
        "funder_missing",
        "claim_missing",
        "payer_wrong",
        "pledge_not_money",
        "voucher_missing",
        "payment_reversed",
        "payee_missing",
        "round_ended",
        "amount_wrong",
    }
)


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_funds(), **_costing(), **_talks(), **_funders(), **_confirming(), **_paying()}


def _funds() -> dict[str, tuple[str, str, str]]:
    return {
        "not_a_round": (
            _("This is no round of small works"),
            _("Only a round has funds."),
            _("Raise a round of small works first."),
        ),
        "round_ended": (
            _("The round does not run"),
            _("A project is acted on while its round runs."),
            _("Look at the round's page for how it ended."),
        ),
        "terms_fixed": (
            _("The terms are posted"),
            _("Whose money there is does not change once everybody has read it."),
            _("If a sum is wrong, have the objection upheld; then the terms are set again."),
        ),
        "funds_missing": (
            _("The terms do not say whose money there is"),
            _("A round is posted with at least one fund and its amount."),
            _("Announce a fund, then post the terms."),
        ),
        "fund_unknown": (
            _("This is no source of money of the method"),
            "",
            _("Choose one of those the method names."),
        ),
        "fund_name_missing": (
            _("The name of the fund is missing"),
            _("Everybody reads whose money it is."),
            _("Enter the name as the paper has it."),
        ),
        "fund_name_long": (
            _("The name is too long"),
            "",
            _("Use the short name."),
        ),
        "fund_twice": (
            _("There is a fund of that name"),
            _("Each fund is announced once."),
            _("Put that one right, or give this one a name of its own."),
        ),
        "fund_same": (
            _("Nothing is changed"),
            "",
            _("Enter another name or amount."),
        ),
        "nothing_to_sweep": (
            _("There is nothing to sweep"),
            _("A fund is swept once its last day is over."),
            _("Nothing is to be done; it happens by itself."),
        ),
        "amount_wrong": (
            _("The amount is not right"),
            _("An amount is more than nothing, to the fen; a cost alone has one among opinions."),
            _("Enter the amount in yuan."),
        ),
        "account_short": (
            _("There is not so much left"),
            _("What is set aside already is not given twice."),
            _("Take a smaller sum, or another source."),
        ),
        "round_elsewhere": (
            _("The round does not stand at this step"),
            _("Costing and talks come first, works and payments after the result is posted."),
            _("Come back when the round has come so far."),
        ),
    }


def _costing() -> dict[str, tuple[str, str, str]]:
    return {
        "opinion_paper_missing": (
            _("The body's own paper is missing"),
            _("Who writes down what another body says lays its paper with it."),
            _("Add the paper, or let the body enter it itself."),
        ),
        "bidder_missing": (
            _("Who quoted is missing"),
            "",
            _("Enter the name of the firm."),
        ),
        "bidder_long": (
            _("The name is too long"),
            "",
            _("Use the short name."),
        ),
        "bidder_twice": (
            _("This firm has quoted already"),
            _("Each firm quotes once, so that prices are compared and not made up."),
            _("Enter another firm's quotation."),
        ),
        "quotation_paper_missing": (
            _("The paper of the quotation is missing"),
            _("A price counts as the firm has signed it."),
            _("Add a photo or a scan of it."),
        ),
        "quotation_unknown": (
            _("Choose one of the quotations"),
            "",
            _("Choose one of those that lie with the project."),
        ),
        "quotation_why_missing": (
            _("The reason is missing"),
            _("Another asked for less."),
            _("Say why this one is taken: what it does more, how long it holds."),
        ),
        "quotes_few": (
            _("Too few quotations to compare"),
            _("From this cost on so many are compared."),
            _("Ask more firms, then go on."),
        ),
        "urgency_wrong": (
            _("How urgent it is, is missing"),
            _("1 can wait, 2 is soon, 3 is urgent."),
            _("Choose one of the three."),
        ),
        "households_wrong": (
            _("How many households benefit is missing"),
            _("What helps nobody, or one household alone, is no small work of the community."),
            _("Enter how many."),
        ),
        "cost_opinion_missing": (
            _("Nobody of this body has worked out the cost"),
            _("A project is costed by a named body, on its word."),
            _("Enter that body's opinion on the cost first."),
        ),
        "cost_differs": (
            _("The body worked out another cost"),
            _("It is costed at what the body said last."),
            _("Enter that amount, or have the body work it out anew."),
        ),
    }


def _talks() -> dict[str, tuple[str, str, str]]:
    return {
        "not_costed": (
            _("The project is not costed"),
            _("What it costs is known before it is decided on."),
            _("Have it costed by a named body first."),
        ),
        "opinion_against": (
            _("A body is against it, and nothing answers it"),
            _("It may be agreed on, and then everybody reads the answer to what was said."),
            _("Write the answer, or have the body give its opinion anew."),
        ),
    }


def _funders() -> dict[str, tuple[str, str, str]]:
    return {
        "pledges_many": (
            _("You have offered something to this project as often as one may"),
            _("Three offers wait at once, or come in a day."),
            _("Wait for the answer, or take one back and offer again tomorrow."),
        ),
        "funder_missing": (
            _("Who gives it is missing"),
            _("Firms and units that give are named."),
            _("Enter the name."),
        ),
        "funder_long": (
            _("The name is too long"),
            "",
            _("Use the short name."),
        ),
        "claim_missing": (
            _("What is given is missing"),
            _("Of what comes in kind, or is done, everybody reads what it is."),
            _("Say in a sentence what, and for which part of the project."),
        ),
        "payer_wrong": (
            _("This is not how that money comes"),
            _("Out of a fund comes money, and the fund's money only out of a fund."),
            _("Choose the fund, or another who gives."),
        ),
        "pledge_closed": (
            _("This offer stands otherwise by now"),
            "",
            _("Look at the project's page for how it stands."),
        ),
        "pledge_voted_on": (
            _("A vote that counts on this money is open"),
            _("What others give stands on the ballot paper, and people vote by it."),
            _("Wait until the vote is counted: what does not win gives it back by itself."),
        ),
        "pledge_spent": (
            _("Something of it is spent already"),
            _("What was paid is not taken back."),
            _("What is left goes back when the final account is reviewed."),
        ),
    }


def _confirming() -> dict[str, tuple[str, str, str]]:
    return {
        "money_differs": (
            _("Money is worth what was offered"),
            _("Only what comes in kind, or is done, is valued anew."),
            _("Confirm the amount that was offered, or have it offered anew."),
        ),
        "residents_consent": (
            _("Residents' money needs their will first"),
            _(
                "A resolution that lies with it, at least one willing payer, and the consent of "
                "the units that benefit; nothing is apportioned."
            ),
            _("Add what is missing."),
        ),
        "fund_below_aside": (
            _("More of this fund is set aside already"),
            _("It cannot be less than what projects were promised of it."),
            _("Enter at least so much, or decline what was set aside first."),
        ),
        "fund_over": (
            _("The fund's last day is over"),
            _("What it had left has been swept."),
            _("Find another source."),
        ),
        "cap_exceeded": (
            _("The fund would give more than the cap of this kind"),
            _("It may cost more, if others pay the rest."),
            _("Take less from the fund, and find others for the rest."),
        ),
        "funders_over": (
            _("Together they would give more than it costs"),
            _("Funders sum to the cost, to the fen."),
            _("Take a smaller sum, or none."),
        ),
        "funders_short": (
            _("Not every yuan is found"),
            _("The works begin when the funders sum to the cost."),
            _("Find who gives the rest, or have it confirmed."),
        ),
    }


def _paying() -> dict[str, tuple[str, str, str]]:
    return {
        "pledge_not_money": (
            _("Nothing is paid out of what comes in kind"),
            _("It is delivered, and counts when the works are accepted."),
            _("Choose a funder who gives money."),
        ),
        "pledge_left": (
            _("This funder has not so much left"),
            "",
            _("Pay the rest out of another's."),
        ),
        "contract_exceeded": (
            _("That is more than the contract"),
            _("What is paid in money together is at most what was agreed."),
            _("Pay no more than that, or have a change approved first."),
        ),
        "cost_exceeded": (
            _("That is more than it costs"),
            _("What is paid and delivered together is at most the cost."),
            _("Pay no more than that, or have a change approved first."),
        ),
        "voucher_missing": (
            _("The voucher is missing"),
            _("Each payment has a voucher: its number, and a photo or a scan."),
            _("Enter the number and add the paper."),
        ),
        "voucher_long": (
            _("The number of the voucher is too long"),
            "",
            _("Enter the number alone."),
        ),
        "voucher_used": (
            _("This voucher has been paid on already"),
            _("In all rounds of a community a voucher is paid on once."),
            _("Look at the number on the paper. If that payment was a mistake, have it reversed."),
        ),
        "voucher_file_used": (
            _("This paper has been paid on already, under another number"),
            _("In all rounds of a community a voucher is paid on once."),
            _("Add the paper of this payment. If the other was a mistake, have it reversed."),
        ),
        "payment_reversed": (
            _("This payment has been reversed already"),
            _("A payment is reversed once, and all of it."),
            _("Look at the payments of the project."),
        ),
        "payee_missing": (
            _("Who is paid is missing"),
            _("Everybody reads who was paid, and for what."),
            _("Enter who, and for what."),
        ),
    }
