"""Refusals while a project is built, accepted, settled, handed over and used."""

from django.utils.translation import gettext as _

# What the words already say, so that a bare 1 and 0 would only puzzle the reader.
SAID = frozenset(
    {
        "contract_paper_missing",
        "review_paper_missing",
        "handing_paper_missing",
        "milestones_missing",
        "inspectors_missing",
    }
)


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {
        **_contract(),
        **_steps(),
        **_changes(),
        **_looking(),
        **_accepting(),
        **_settling(),
        **_handing(),
    }


def _contract() -> dict[str, tuple[str, str, str]]:
    return {
        "contractor_missing": (
            _("It does not say who builds it"),
            _("Everybody reads whom the works were given to."),
            _("Enter the contractor's name as the contract has it."),
        ),
        "contract_over": (
            _("The contract is for more than the project is to cost"),
            _("What was agreed on and paid for is the most that may be spent."),
            _("Agree on a lower sum, or ask for a change of the cost."),
        ),
        "contract_below_paid": (
            _("More than the contract says has been paid already"),
            _("A contract signed anew takes in what was paid before it."),
            _("Enter at least what was paid."),
        ),
        "contract_differs": (
            _("The sum is not that of the quotation that was taken"),
            _("Whoever quoted is held to it; another sum, or none to compare, needs its reason."),
            _("Enter the sum of the quotation, or write why it is another one."),
        ),
        "contract_paper_missing": (
            _("The contract is missing"),
            _("The works are given on paper."),
            _("Add the signed contract as a PDF or a photo."),
        ),
        "days_wrong": (
            _("It ends before it begins"),
            "",
            _("Put the two days right."),
        ),
        "builder_missing": (
            _("It does not say who answers for the building"),
            _("Residents who build it themselves do so under a body."),
            _("Choose the body that answers for it."),
        ),
        "self_built_over": (
            _("It costs too much to be built by the residents themselves"),
            _("The terms of the round say up to what cost they may."),
            _("Give it out by contract."),
        ),
    }


def _steps() -> dict[str, tuple[str, str, str]]:
    return {
        "milestones_missing": (
            _("No step of the works is named"),
            _("Steps with a day each let everybody see how far it is."),
            _("Name at least one step and its day."),
        ),
        "milestones_many": (
            _("There are too many steps"),
            "",
            _("Put some of them together."),
        ),
        "milestone_twice": (
            _("Two steps have the same name"),
            "",
            _("Name them apart."),
        ),
        "milestone_early": (
            _("A step lies before the works begin"),
            "",
            _("Choose a day from the beginning on."),
        ),
        "milestone_unknown": (
            _("There is no such step"),
            "",
            _("Choose one of those planned."),
        ),
        "milestone_reached": (
            _("This step is done already"),
            _("What was reported stays as it is."),
            _("Go back to the project and see it."),
        ),
        "milestones_open": (
            _("Not every step is done yet"),
            _("It is built when all that was planned is done."),
            _("Report the steps that are left, each with a photo."),
        ),
    }


def _changes() -> dict[str, tuple[str, str, str]]:
    return {
        "change_open": (
            _("A change of the cost still waits to be decided"),
            "",
            _("Have it decided first."),
        ),
        "change_same": (
            _("It is the cost it has now"),
            "",
            _("Enter another sum."),
        ),
        "change_below_paid": (
            _("More than that has been paid already"),
            _("The cost is never lower than what was spent."),
            _("Enter at least what was paid."),
        ),
        "change_decided": (
            _("This change was decided already"),
            "",
            _("Read on the project's page how."),
        ),
        "change_stale": (
            _("The cost has changed since this was asked"),
            _("A change is of the cost it named."),
            _("Refuse it with that reason, and ask again."),
        ),
        "pledge_not_lower": (
            _("That is not less than the funder gives"),
            _("Here a funder is lowered; more is offered and confirmed as any other part."),
            _("Enter a lower sum."),
        ),
        "pledge_spent_more": (
            _("More than that of this funder's part has been spent"),
            "",
            _("Enter at least what was spent, or lower another funder."),
        ),
        "funders_not_over": (
            _("The funders do not give so much more than it costs"),
            _("Only what is over goes back."),
            _("Lower the funder by no more than that."),
        ),
    }


def _looking() -> dict[str, tuple[str, str, str]]:
    return {
        "not_resident_here": (
            _("This is for those who live there"),
            _("Residents of the place look on and score, besides the committees of the step."),
            _("If you live there, have the desk enter your building in your account."),
        ),
        "looks_many": (
            _("You have written enough for today"),
            "",
            _("Come again tomorrow, or tell the supervisory committee."),
        ),
    }


def _accepting() -> dict[str, tuple[str, str, str]]:
    return {
        "inspectors_missing": (
            _("It does not say who inspected it"),
            "",
            _("Name the bodies and people who were there."),
        ),
        "inspectors_many": (
            _("There are too many inspectors for one sheet"),
            "",
            _("Name those who looked at the whole of it."),
        ),
        "inspector_built": (
            _("Who built it does not accept it"),
            _("It is inspected by others."),
            _("Take them off the list."),
        ),
        "inspector_of_committee": (
            _("Nobody of the supervisory committee was there"),
            _("Nothing is accepted without the affairs supervisory committee."),
            _("Inspect it together with them, and name them."),
        ),
    }


def _settling() -> dict[str, tuple[str, str, str]]:
    return {
        "reviewer_missing": (
            _("It does not say who reviewed the final account"),
            "",
            _("Choose the reviewing body."),
        ),
        "reviewer_built": (
            _("Who built it does not review its account"),
            _("The final account is reviewed by another body."),
            _("Choose another body."),
        ),
        "settled_over": (
            _("The final sum is more than the project was to cost"),
            _("What goes beyond the cost was agreed on by nobody."),
            _("Look the account over again with the reviewing body."),
        ),
        "settled_unpaid": (
            _("The final sum is not what was paid and delivered"),
            _("An account is settled when every fen of it has been spent on a voucher, or "
              "delivered in kind."),
            _("Enter the payments that are missing, or the sum that was really spent."),
        ),
        "review_paper_missing": (
            _("The review is missing"),
            _("The reviewing body confirms the sum on paper."),
            _("Add the review as a PDF or a photo."),
        ),
    }  # fmt: skip


def _handing() -> dict[str, tuple[str, str, str]]:
    return {
        "keeper_missing": (
            _("It does not say who looks after it"),
            _("What was built has somebody who maintains it."),
            _("Choose the body that is to look after it."),
        ),
        "liable_past": (
            _("That day is over"),
            "",
            _("Enter the day until which the builder answers for it, or none and why."),
        ),
        "handing_paper_missing": (
            _("The record of handing over is missing"),
            _("Whoever takes it over signs for it."),
            _("Add the record as a PDF or a photo."),
        ),
    }
