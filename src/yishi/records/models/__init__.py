"""The tables, a file a noun."""

from yishi.records.models.case import Assignment, Case, Clock, Order, Publication
from yishi.records.models.journal import Asked, Audit, Entry, Hand, Message, Seal
from yishi.records.models.person import Appointment, Person
from yishi.records.models.place import Body, Building, Grouping, Place
from yishi.records.models.report import Attachment, Link, Rating, Report, Source, StoredFile
from yishi.records.models.rule import Adoption, BundleRow, CalendarYear, DutyRow
from yishi.records.models.slip import Slip

__all__ = [
    "Adoption",
    "Appointment",
    "Asked",
    "Assignment",
    "Attachment",
    "Audit",
    "Body",
    "Building",
    "BundleRow",
    "CalendarYear",
    "Case",
    "Clock",
    "DutyRow",
    "Entry",
    "Grouping",
    "Hand",
    "Link",
    "Message",
    "Order",
    "Person",
    "Place",
    "Publication",
    "Rating",
    "Report",
    "Seal",
    "Slip",
    "Source",
    "StoredFile",
]
