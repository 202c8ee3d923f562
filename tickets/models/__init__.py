"""The records. One file per noun; this page lists them all."""

from .account import Account, Customer, KeyRecord
from .bulk import BulkChange
from .escalation import Escalation
from .event import Event
from .evidence import EvidenceValue
from .message import Message
from .outbox import Job
from .outcome import Outcome
from .person import Language, Person, Role
from .reply import CannedReply, CannedReplyText
from .rule import RuleSet
from .saved_view import SavedView
from .search import SearchDoc
from .ticket import Ticket, VerdictChoice
from .token import ApiToken, Scope
from .verdict import Verdict

__all__ = [
    "Account",
    "ApiToken",
    "BulkChange",
    "CannedReply",
    "CannedReplyText",
    "Customer",
    "Escalation",
    "Event",
    "EvidenceValue",
    "Job",
    "KeyRecord",
    "Language",
    "Message",
    "Outcome",
    "Person",
    "Role",
    "RuleSet",
    "SavedView",
    "Scope",
    "SearchDoc",
    "Ticket",
    "Verdict",
    "VerdictChoice",
]
