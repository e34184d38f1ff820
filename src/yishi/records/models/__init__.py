"""The tables, a file a noun."""

from yishi.records.models.case import Assignment, Case, Clock, Order, Publication
from yishi.records.models.delivery import Carried, Delivery, Wish
from yishi.records.models.exclusion import Exclusion
from yishi.records.models.hall import (
    Doorstep,
    OptionText,
    OwnText,
    TopicCallBack,
    TopicTask,
    Watch,
)
from yishi.records.models.instant import InstantAnswer
from yishi.records.models.journal import Asked, Audit, Entry, Hand, Message, Seal
from yishi.records.models.ledger import Account, Transfer
from yishi.records.models.meeting import (
    AgendaItem,
    Attendance,
    Invitee,
    Meeting,
    MeetingPaper,
    Statement,
)
from yishi.records.models.method import MethodDraft, MethodWord
from yishi.records.models.outside import OutsideCall, OutsideOrder, OutsideSystem
from yishi.records.models.oversight import Finding, FormTemplate, Inspection, Listed, Opinion
from yishi.records.models.person import Appointment, Person
from yishi.records.models.place import Body, Building, Grouping, Place
from yishi.records.models.project import (
    Change,
    Defect,
    Milestone,
    Pledge,
    Project,
    ProjectLook,
    ProjectOpinion,
    ProjectScore,
    Quotation,
)
from yishi.records.models.report import Attachment, Link, Rating, Report, Source, StoredFile
from yishi.records.models.request import Amendment, Call, Merge, Pushed, Request, Ruling
from yishi.records.models.round import Fund, Proposal, ProposalPhoto
from yishi.records.models.rule import Adoption, BundleRow, CalendarYear, DutyRow
from yishi.records.models.search import SearchDoc
from yishi.records.models.slip import Slip
from yishi.records.models.topic import (
    Attempt,
    Option,
    Passage,
    StageEntry,
    Topic,
    TopicLink,
    TopicPaper,
    Voice,
)
from yishi.records.models.vote import (
    Ballot,
    Holder,
    PaperBallot,
    Part,
    Proxy,
    RollObjection,
    RollTold,
    Vote,
    Voter,
)

__all__ = [
    "Account",
    "Adoption",
    "AgendaItem",
    "Amendment",
    "Appointment",
    "Asked",
    "Assignment",
    "Attachment",
    "Attempt",
    "Attendance",
    "Audit",
    "Ballot",
    "Body",
    "Building",
    "BundleRow",
    "CalendarYear",
    "Call",
    "Carried",
    "Case",
    "Change",
    "Clock",
    "Defect",
    "Delivery",
    "Doorstep",
    "DutyRow",
    "Entry",
    "Exclusion",
    "Finding",
    "FormTemplate",
    "Fund",
    "Grouping",
    "Hand",
    "Holder",
    "Inspection",
    "InstantAnswer",
    "Invitee",
    "Link",
    "Listed",
    "Meeting",
    "MeetingPaper",
    "Merge",
    "Message",
    "MethodDraft",
    "MethodWord",
    "Milestone",
    "Opinion",
    "Option",
    "OptionText",
    "Order",
    "OutsideCall",
    "OutsideOrder",
    "OutsideSystem",
    "OwnText",
    "PaperBallot",
    "Part",
    "Passage",
    "Person",
    "Place",
    "Pledge",
    "Project",
    "ProjectLook",
    "ProjectOpinion",
    "ProjectScore",
    "Proposal",
    "ProposalPhoto",
    "Proxy",
    "Publication",
    "Pushed",
    "Quotation",
    "Rating",
    "Report",
    "Request",
    "RollObjection",
    "RollTold",
    "Ruling",
    "Seal",
    "SearchDoc",
    "Slip",
    "Source",
    "StageEntry",
    "Statement",
    "StoredFile",
    "Topic",
    "TopicCallBack",
    "TopicLink",
    "TopicPaper",
    "TopicTask",
    "Transfer",
    "Voice",
    "Vote",
    "Voter",
    "Watch",
    "Wish",
]
