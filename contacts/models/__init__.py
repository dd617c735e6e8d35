"""Whom to call.

Support line: a number that every page gives, at one of three levels. Support service: what professionals refer
to, and those who are exploited turn to. Coordinator: a regional
coordinator, employed by a municipality, who covers counties. County and municipality: the
official register (codes of Statistics Sweden), through which a reader finds the coordinator.
"""

from contacts.guide.page import GuidePage
from contacts.models.coordinators import Coordinator, TargetGroup
from contacts.models.messages import MessageKind, ReaderMessage
from contacts.models.opening_hours import OpeningException, OpeningHours
from contacts.models.pages import ContactsPage
from contacts.models.phones import CoordinatorPhone, PhoneKind
from contacts.models.places import County, Municipality
from contacts.models.support_lines import HoursStatus, Level, SupportLine
from contacts.models.support_services import SupportService

__all__ = [
    "ContactsPage",
    "Coordinator",
    "CoordinatorPhone",
    "County",
    "GuidePage",
    "HoursStatus",
    "Level",
    "MessageKind",
    "Municipality",
    "OpeningException",
    "OpeningHours",
    "PhoneKind",
    "ReaderMessage",
    "SupportLine",
    "SupportService",
    "TargetGroup",
]
