"""Refusals of the interpreter and of the acts on a topic as a whole: what is missing before it may
go on, in a round, in its course, at its review, as it is raised and beside its stages."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {
        **_course(),
        **_review(),
        **_competence(),
        **_raising(),
        **_beside(),
        **_round(),
    }


def _round() -> dict[str, tuple[str, str, str]]:
    return {
        "call_runs": (
            _("The call still runs"),
            _("Proposals are taken to the last minute that was posted."),
            _("Come back when it is over."),
        ),
        "projects_waiting": (
            _("Not every project has been through this step"),
            "",
            _("Open the projects that wait and enter what came of each; then end the step."),
        ),
        "scores_run": (
            _("There is still time to score"),
            "",
            _("Ask those who use them to score. When the time is over, end the step: what too few "
              "scored goes on then and counts as neither satisfied nor dissatisfied."),
        ),
        "projects_open": (
            _("Projects of this round are still open"),
            "",
            _("Bring each to its end, or stop it with a reason: what is set aside goes back. "
              "Then publish."),
        ),
        "done_by_project": (
            _("This is not how this step is gone through"),
            _("In a round of small works each project goes through by itself; elsewhere there "
              "are none."),
            _("In a round, open its projects; otherwise enter it for the topic as a whole."),
        ),
        "round_terms_fixed": (
            _("The terms of this round are fixed"),
            _("They hang out, or neighbours proposed by them, and do not change on the way."),
            _("Let the round end by the terms it began with; the next one begins with the new."),
        ),
        "round_has_projects": (
            _("A round has projects and no options"),
            _("What is to be done is put forward as a proposal while the call runs."),
            _("Put a proposal forward, or bring it to the next round."),
        ),
    }  # fmt: skip


def _course() -> dict[str, tuple[str, str, str]]:
    return {
        "step_skipped": (
            _("It is not the turn of this step yet"),
            _("No step of the procedure is left out, and none comes before its turn."),
            _("Do what the step it stands at needs; then it goes on."),
        ),
        "topic_proposed": (
            _("The topic has not been reviewed yet"),
            _("The community party organisation first says whose it is and which course it takes."),
            _("Wait for the review; the secretary sees it on the first page."),
        ),
        "topic_ended": (
            _("The topic has ended"),
            _("What was decided and published is not reopened."),
            _("Read how it ended; if there is something new, raise a new topic."),
        ),
        "not_late": (
            _("The time of this step has not run out"),
            "",
            _("It goes on by itself when the time is over."),
        ),
        "late_stays": (
            _("The method leaves a late topic where it is"),
            _("It stays in red until the step is done."),
            _("Do what the step needs, or ask the leader for a public exception."),
        ),
        "stage_unknown": (
            _("The procedure has no such step"),
            "",
            _("Choose one of the steps of the procedure."),
        ),
        "stage_same": (
            _("The topic stands at this step already"),
            "",
            _("Choose another step."),
        ),
        "attach_missing": (
            _("Something still has to be attached"),
            _("This step is left only with its papers."),
            _("Attach what is missing, then enter it again."),
        ),
        "options_missing": (
            _("There is no option yet"),
            _("Nothing can be talked over or decided before somebody says how it might be done."),
            _("Put at least one option forward."),
        ),
        "option_unknown": (
            _("This option cannot be chosen here"),
            _("It is not one of this topic, or has been done already."),
            _("Choose one of the options that are open."),
        ),
    }


def _review() -> dict[str, tuple[str, str, str]]:
    return {
        "topic_reviewed": (
            _("The topic has been reviewed already"),
            _("A topic is reviewed once."),
            _("Read what the review said."),
        ),
        "review_words_missing": (
            _("The review is published with its reason, and the reason is missing"),
            _("Whoever raised it reads why it is not taken up, or how it is helped with."),
            _("Write it under “What is published of the review” and publish again."),
        ),
        "size_unknown": (
            _("How large the matter is has not been said"),
            _("Large, small or urgent chooses the procedure."),
            _("Choose one of the sizes of the method."),
        ),
        "entry_unknown": (
            _("The entry of the catalogue is missing"),
            _("The entry says who is called to the talks."),
            _("Choose an entry of the catalogue of topics."),
        ),
        "method_unknown": (
            _("The community does not work by this method today"),
            _("A topic is taken through by a method that was adopted here."),
            _("Choose one of the methods adopted here."),
        ),
        "competence_no_course": (
            _("This course has no vote of the owners"),
            _("What the owners decide together cannot be decided in a course without their vote."),
            _("Choose a course with the owners' vote, or hand it to the owners."),
        ),
    }


def _competence() -> dict[str, tuple[str, str, str]]:
    return {
        "competence_missing": (
            _("Nobody has said yet whose this is to decide"),
            _("Before any vote it is settled: residents, owners, or somebody's duty."),
            _("The secretary says it in the review."),
        ),
        "competence_owners": (
            _("This is for the owners to decide together"),
            _("A body of residents cannot vote on what the law leaves to the owners."),
            _("Hand it to the owners' assembly, or choose an option that residents may decide."),
        ),
        "competence_residents": (
            _("This is for the residents to decide"),
            _("The owners' vote cannot take the place of the residents'."),
            _("Bring it before the residents' body of the procedure."),
        ),
        "competence_duty": (
            _("This is somebody's duty and is not voted on"),
            _("What a department or a unit has to do is done, whatever a vote would say."),
            _("Hand it to whoever has the duty; the responsibility list names them."),
        ),
    }


def _raising() -> dict[str, tuple[str, str, str]]:
    return {
        "topic_title_missing": (
            _("The title is missing"),
            _("A topic is called by one short line."),
            _("Write in a line what is to be talked over."),
        ),
        "cases_missing": (
            _("No matter was chosen"),
            "",
            _("Choose at least one matter that was set aside as a topic."),
        ),
        "case_not_aside": (
            _("Not all of these were set aside as a topic here"),
            _("A matter is first set aside with a reason; its answer clock runs on."),
            _("Set them aside first, or choose others."),
        ),
        "case_in_topic": (
            _("One of these is talked over in a topic already"),
            _("A matter is in one topic at a time."),
            _("Leave it out, or join them to that topic."),
        ),
    }


def _beside() -> dict[str, tuple[str, str, str]]:
    return {
        "option_title_missing": (
            _("The option has no name yet"),
            _("An option is called by one short line."),
            _("Write in a line what would be done."),
        ),
        "options_closed": (
            _("No option can be added any more"),
            _("What is decided, on notice or being carried out keeps to its options."),
            _("An objection can take it back; then options are open again."),
        ),
        "options_later": (
            _("The rules come first, options after"),
            _("Whoever agrees the rules does not know yet who they will fit."),
            _("Agree the rules; from the next step on options can be put forward."),
        ),
        "count_begun": (
            _("Hands have been counted already"),
            _("An option that was not there cannot have been voted on."),
            _("Finish this vote first."),
        ),
        "matter_unknown": (
            _("The law's list has no such matter"),
            "",
            _("Choose one of the list, or none."),
        ),
        "topic_runs": (
            _("The topic has not ended yet"),
            _("Its matters are answered with what came of it."),
            _("Wait until the outcome is published."),
        ),
        "cases_wait": (
            _("Some matters behind it still have no answer"),
            _("Everybody who raised something is answered."),
            _("Answer those that are left."),
        ),
        "version_same": (
            _("The topic goes by this version already"),
            "",
            _("There is nothing to move."),
        ),
        "procedure_gone": (
            _("The newer method does not have this procedure"),
            _("A topic stays in the course it was taken up for."),
            _("Let it end by the method it began with."),
        ),
        "stage_reached": (
            _("The newer method differs where the topic has been"),
            _("A topic moves only where nothing it went through would have been otherwise."),
            _("Let it end by the method it began with."),
        ),
        "paper_unreadable": (
            _("This is neither a picture nor a PDF"),
            _("Minutes, lists and plans are laid with the step as a photo or a PDF."),
            _("Photograph the page, or save it as a PDF."),
        ),
        "paper_too_large": (
            _("The file is too large"),
            "",
            _("Photograph the page, or save it as a smaller PDF."),
        ),
        "paper_missing": (
            _("There is no file yet"),
            "",
            _("Choose or photograph the paper."),
        ),
    }


def own_words() -> dict[str, tuple[str, str, str]]:
    """What a code shared with other acts says where a topic is acted on."""
    return {
        "words_missing": (
            _("The words of this step are missing"),
            _("What was said or done is written down in a sentence."),
            _("Write a sentence and send it again."),
        ),
        "clause_missing": (
            _("What it rests on is missing"),
            _("A topic that is not taken up is told on which clause."),
            _("Name the clause or the row of the responsibility list."),
        ),
        "ground_missing": (
            _("The ground is missing"),
            _("A topic is refused only on a ground that the method lists."),
            _("Choose one of the grounds."),
        ),
        "community_needed": (
            _("A topic belongs to a community"),
            "",
            _("Choose the community."),
        ),
        "title_too_long": (
            _("The title is too long"),
            _("A topic is called by one short line."),
            _("Say it shorter; the rest belongs below."),
        ),
    }
