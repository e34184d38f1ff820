"""The tables, a file a noun."""

from yishi.records.models.case import Assignment, Case, Clock, Order, Publication
from yishi.records.models.delivery import Carried, Delivery, Wish
from yishi.records.models.exclusion import Exclusion
from yishi.records.models.instant import InstantAnswer
from yishi.records.models.journal import Asked, Audit, Entry, Hand, Message, Seal
from yishi.records.models.outside import OutsideCall, OutsideOrder, OutsideSystem
from yishi.records.models.oversight import Finding, FormTemplate, Inspection, Listed, Opinion
from yishi.records.models.person import Appointment, Person
from yishi.records.models.place import Body, Building, Grouping, Place
from yishi.records.models.report import Attachment, Link, Rating, Report, Source, StoredFile
from yishi.records.models.request import Amendment, Call, Merge, Pushed, Request, Ruling
from yishi.records.models.rule import Adoption, BundleRow, CalendarYear, DutyRow
from yishi.records.models.search import SearchDoc
from yishi.records.models.slip import Slip

__all__ = [
    "Adoption",
    "Amendment",
    "Appointment",
    "Asked",
    "Assignment",
    "Attachment",
    "Audit",
    "Body",
    "Building",
    "BundleRow",
    "CalendarYear",
    "Call",
    "Carried",
    "Case",
    "Clock",
    "Delivery",
    "DutyRow",
    "Entry",
    "Exclusion",
    "Finding",
    "FormTemplate",
    "Grouping",
    "Hand",
    "Inspection",
    "InstantAnswer",
    "Link",
    "Listed",
    "Merge",
    "Message",
    "Opinion",
    "Order",
    "OutsideCall",
    "OutsideOrder",
    "OutsideSystem",
    "Person",
    "Place",
    "Publication",
    "Pushed",
    "Rating",
    "Report",
    "Request",
    "Ruling",
    "Seal",
    "SearchDoc",
    "Slip",
    "Source",
    "StoredFile",
    "Wish",
]
