"""Refusals of a vote by roll: what is missing before it opens, is cast, counted or decided."""

from django.utils.translation import gettext as _

# What the words already say, so that a bare 1 and 0 would only puzzle the reader.
SAID = frozenset(
    {
        "roll_missing",
        "roll_empty",
        "vote_missing",
        "vote_not_handed",
        "handed_to_missing",
        "hand_not_allowed",
        "not_on_roll",
        "not_marked",
        "paper_named",
        "proxy_missing",
        "proxies_none",
        "vote_key_lost",
        "voter_name_missing",
        "voter_struck",
        "voter_twice",
        "objection_ruled",
        "paper_voter_missing",
        "paper_voter_wrong",
        "paper_agreed",
        "area_wrong",
        "choose_one",
        "collector_votes",
        "voted_otherwise",
    }
)


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_roll(), **_view(), **_opening(), **_casting(), **_paper(), **_closing(), **_city()}


def _roll() -> dict[str, tuple[str, str, str]]:
    return {
        "voted_otherwise": (
            _("This step is voted on in another way"),
            _("The method says whether hands are counted or a roll votes."),
            _("Open the step's page; it shows how it is voted on."),
        ),
        "roll_open": (
            _("There is a roll already"),
            "",
            _("Open the vote that is there, or call it off first."),
        ),
        "roll_empty": (
            _("Nobody stands on the roll"),
            _("Only accounts checked by the community, or the rows of a file, come onto it."),
            _("Check accounts at the desk, or load a file with names, rooms and areas."),
        ),
        "roll_missing": (
            _("There is no roll yet"),
            _("Who may vote is settled before the vote opens."),
            _("Make the roll first."),
        ),
        "roll_closed": (
            _("The roll is not on view any more"),
            _("Once a vote is open its roll is frozen; nobody is added or struck."),
            _("If the roll is wrong, call the vote off, and make it anew."),
        ),
    }


def _view() -> dict[str, tuple[str, str, str]]:
    return {
        "roll_period_over": (
            _("The time for objections to the roll is over"),
            _("Objections are taken while the roll is on view."),
            _("Tell the desk. A roll that is wrong is called off with its vote and shown anew."),
        ),
        "roll_settled": (
            _("The time for objections to the roll is over"),
            _("A line changes now only under an upheld objection of its kind, one line for each."),
            _("Call the vote off, make the roll anew and show it for its whole time."),
        ),
        "objection_unknown": (
            _("Say what is wrong with the roll"),
            _("Somebody is missing, should not stand on it, or an area is wrong."),
            _("Choose one of the three."),
        ),
        "objection_waits": (
            _("An objection of yours of this kind waits for its ruling"),
            _("Each is ruled on before the vote opens, so there is one at a time of a kind."),
            _("Wait for the ruling, or tell the desk what else is wrong."),
        ),
        "objection_ruled": (
            _("This objection has been ruled on"),
            "",
            _("Read the answer."),
        ),
        "voter_name_missing": (
            _("The name is missing"),
            _("Each line of the roll says who votes."),
            _("Enter the name."),
        ),
        "area_wrong": (
            _("The area is missing"),
            _("Owners are counted by heads and by area."),
            _("Enter the area as the property certificate has it."),
        ),
        "voter_twice": (
            _("Somebody of this line stands on the roll already"),
            _("Nobody stands on one roll twice."),
            _("Strike the other line first, or leave this account out."),
        ),
        "voter_struck": (
            _("This line has been struck off"),
            "",
            _("Add a new line if it was struck by mistake."),
        ),
        "proxies_none": (
            _("Votes are not entrusted here"),
            _("The rule of this vote knows no proxies."),
            _("Let everybody vote themselves; the door or the phone will do."),
        ),
        "proxy_many": (
            _("Too many votes in one hand"),
            _("The rule says for how many others one person may vote."),
            _("Entrust somebody else."),
        ),
        "proxy_barred": (
            _("This vote cannot be entrusted so"),
            _("A proxy is in writing, to one who votes, and is not passed on."),
            _("Choose somebody else on the roll."),
        ),
    }


def _opening() -> dict[str, tuple[str, str, str]]:
    return {
        "vote_opened": (
            _("The vote has gone further already"),
            "",
            _("Look at where the vote stands."),
        ),
        "roll_runs": (
            _("The roll is still on view"),
            _("Everybody has the whole time to see whether they stand on it."),
            _("Open the vote when the time is over."),
        ),
        "roll_objections": (
            _("Objections to the roll are still open"),
            _("Each is ruled on before the roll is frozen."),
            _("Rule on them first."),
        ),
    }


def _casting() -> dict[str, tuple[str, str, str]]:
    return {
        "vote_not_open": (
            _("The vote is not open"),
            _("Votes are taken from its opening to its end."),
            _("Look at the vote's page for its dates."),
        ),
        "vote_over": (
            _("The vote is over"),
            _("Nothing that comes after the end is counted."),
            _("The result will be on the vote's page."),
        ),
        "way_not_allowed": (
            _("This vote does not come in this way"),
            _("The method says by which ways a vote may come in."),
            _("Choose one of them."),
        ),
        "not_on_roll": (
            _("You do not stand on this roll"),
            _("It was on view before the vote opened, and is frozen now."),
            _("Ask the desk who votes for your household or property."),
        ),
        "proxy_missing": (
            _("This vote was not entrusted to you"),
            _("One votes for another only by a paper filed before the vote opened."),
            _("Cast your own vote."),
        ),
        "reminder_early": (
            _("It is too early to remind of this vote"),
            _("Who has not taken part is reminded once, as long before the end as the rule says."),
            _("Nothing is to be done; the reminder goes out by itself."),
        ),
        "reminder_sent": (
            _("The reminder of this vote has gone out"),
            _("Nobody is reminded twice of one vote."),
            _("Nothing is to be done."),
        ),
        "voted_on_line": (
            _("This line has voted on-line"),
            _("Marking it takes that vote away for good, and the voter is told."),
            _("Look whether it is the right line. If it is, say why its paper takes the place."),
        ),
        "not_marked": (
            _("There is no mark on this line to withdraw"),
            _("Only a paper or a hand that was marked can be; a vote on-line is the voter's own."),
            _("Look whether it is the right line."),
        ),
        "paper_named": (
            _("The paper of this line has been entered"),
            _("Whose paper lies there has voted, so the mark is right."),
            _("Nothing is to be withdrawn. If the paper is another's, enter it for that line."),
        ),
        "papers_counted": (
            _("There is a paper for each mark"),
            _("With one mark less, one of the papers that were entered would be nobody's."),
            _("Count the papers of the box again before a mark is withdrawn."),
        ),
        "voted_on_paper": (
            _("This vote came in on paper already"),
            _("Paper, a paper at the door and a hand go before on-line, and each counts once."),
            _("Nothing more is to be done."),
        ),
        "choose_one": (
            _("Choose one of the options"),
            _("In this vote one option is chosen, or none, which is to abstain."),
            _("Mark one option and send it again."),
        ),
        "vote_key_lost": (
            _("The key of this secret vote is not here"),
            _(
                "This system was restored from a backup, and the key of a secret vote is in none: "
                "what was cast cannot be read by anybody."
            ),
            _("The body that leads calls the vote off, and it is held again."),
        ),
    }


def _paper() -> dict[str, tuple[str, str, str]]:
    return {
        "collectors_missing": (
            _("Two collect at a door"),
            _("A paper at the door is taken by two people together."),
            _("Name the other collector, who holds a post in this community."),
        ),
        "collector_votes": (
            _("Nobody collects their own paper"),
            _("Two collect at a door, and neither of them is whose vote it is."),
            _("Let two others go to this door."),
        ),
        "box_closed": (
            _("The box stays closed until the vote is over"),
            _("Numbers known early would move those who have not voted."),
            _("Enter the papers after the end, or once everybody has voted."),
        ),
        "serial_wrong": (
            _("The number on the paper is not right"),
            _("Papers are numbered from 1 when the box is opened."),
            _("Look at the paper again."),
        ),
        "papers_too_many": (
            _("There are more papers than were handed in"),
            _("Each paper in the box belongs to a mark on the roll."),
            _("Look whether one was numbered twice, or was not marked."),
        ),
        "paper_agreed": (
            _("Two have entered this paper alike"),
            "",
            _("Take the next paper."),
        ),
        "same_counter": (
            _("You entered this paper yourself"),
            _("A paper counts where a second person enters the same."),
            _("Let somebody else enter it."),
        ),
        "paper_voter_missing": (
            _("Whose paper it is, is missing"),
            _("This vote is by name; the paper says who signed it."),
            _("Choose the line of the roll."),
        ),
        "paper_voter_wrong": (
            _("This line has no such paper"),
            _("Its vote was not marked as paper, or another paper of it is entered."),
            _("Look at the name on the paper again."),
        ),
        "hands_wrong": (
            _("The hands do not add up"),
            _("For, against and abstained together are those marked as there."),
            _("Count again."),
        ),
    }


def _closing() -> dict[str, tuple[str, str, str]]:
    return {
        "vote_missing": (
            _("No vote is open"),
            "",
            _("Open the vote first."),
        ),
        "vote_runs": (
            _("The vote is still open"),
            _("It is closed at its end, or when everybody on the roll has voted."),
            _("Come back after the end."),
        ),
        "paper_once": (
            _("Some papers were entered by one person alone"),
            _("Each is entered by two, who do not see each other's."),
            _("Let a second person enter the papers with these numbers."),
        ),
        "paper_differs": (
            _("Some papers were entered differently"),
            _("Where two differ neither holds."),
            _("Both look at the papers with these numbers and enter them again."),
        ),
        "hands_missing": (
            _("The hands have not been counted by two"),
            _("Some were marked as voting by hand."),
            _("Two people count and enter the hands."),
        ),
        "ballots_wrong": (
            _("Ballots and marks on the roll do not match"),
            _("For each line that took part there is one ballot."),
            _("Enter the papers that are missing; a paper that is not in the box is entered "
              "as abstaining."),
        ),
        "vote_ended": (
            _("The vote is over already"),
            _("What was counted is not taken back."),
            _("Look at its result."),
        ),
    }  # fmt: skip


def _city() -> dict[str, tuple[str, str, str]]:
    return {
        "hand_not_allowed": (
            _("The method holds this vote here"),
            _("Only where a method says so is a vote held in the city's own system."),
            _("Make the roll and open the vote."),
        ),
        "handed_to_missing": (
            _("The name of the system is missing"),
            _("Everybody can see where the vote is held."),
            _("Enter the name of the city's system."),
        ),
        "vote_to_count": (
            _("The vote has ended and is to be counted"),
            _("A vote is called off while it runs, never once its papers can be counted."),
            _("Count it and close it. Below quorum it counts for nothing and may be held again."),
        ),
        "vote_not_handed": (
            _("The vote is not held elsewhere"),
            _("A result is brought back only of a vote that was handed over."),
            _("Close the vote here instead."),
        ),
        "result_wrong": (
            _("The numbers of the result do not add up"),
            _("No more take part than stand on the roll, and no more vote than take part."),
            _("Enter the numbers as the paper has them."),
        ),
    }
