"""The tables, a file a noun."""

from yishi.records.models.case import Assignment, Case, Clock, Order, Publication
from yishi.records.models.journal import Asked, Audit, Entry, Hand, Message, Seal
from yishi.records.models.oversight import Finding, FormTemplate, Inspection, Listed, Opinion
from yishi.records.models.person import Appointment, Person
from yishi.records.models.place import Body, Building, Grouping, Place
from yishi.records.models.report import Attachment, Link, Rating, Report, Source, StoredFile
from yishi.records.models.request import Amendment, Call, Merge, Pushed, Request, Ruling
from yishi.records.models.rule import Adoption, BundleRow, CalendarYear, DutyRow
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
    "Case",
    "Clock",
    "DutyRow",
    "Entry",
    "Finding",
    "FormTemplate",
    "Grouping",
    "Hand",
    "Inspection",
    "Link",
    "Listed",
    "Merge",
    "Message",
    "Opinion",
    "Order",
    "Person",
    "Place",
    "Publication",
    "Pushed",
    "Rating",
    "Report",
    "Request",
    "Ruling",
    "Seal",
    "Slip",
    "Source",
    "StoredFile",
]
