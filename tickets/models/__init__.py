"""The records. One file per noun; this page lists them all."""

from .account import Account, Customer, KeyRecord
from .anchor import Anchor, AnchoredChain
from .assignment import AssignmentMember, AssignmentRule, AssignmentWait
from .attachment import Attachment
from .audit import AuditEntry
from .backtest import Backtest, BacktestFlip
from .bulk import BulkChange
from .charge import Charge, ChargeLine, ToldCharge
from .checklist import ChecklistItem
from .compensation import Compensation, CompensationLimit
from .correlation import Correlation, UsualPeak
from .curation import CandidateAside, Curation
from .draft import Draft
from .escalation import Escalation, EscalationDecision
from .event import Event
from .evidence import EvidenceValue
from .evidence_request import EvidenceRequest
from .failure import Failure, FailureAccount, FailureCount, FailureKind
from .faq import FaqEntry, FaqText
from .faq_use import ArticleUse, ArticleVote, FruitlessSearch, ReportAttempt
from .faq_version import FaqVersion
from .gateway_model import GatewayModel, GatewayModelChange
from .inbound_mail import InboundMail, Mailbox
from .incident import Incident, IncidentChange
from .incident_apart import IncidentApart, TicketApart
from .incident_update import Delivery, IncidentUpdate
from .invitation import Invitation
from .macro import Macro
from .macro_run import MacroRun
from .macro_version import MacroVersion
from .mention import Mention
from .merge import KeptApart, Merge, Split
from .message import Message
from .notice import ProviderNotice
from .outbox import Job
from .outcome import Outcome
from .person import Language, Person, Role
from .probe import Probe, ProbeResult
from .provider_page import ProviderPage
from .reading import Reading
from .reply import CannedReply, CannedReplyText
from .reply_version import CannedReplyVersion
from .retention import Retention
from .rota import RotaSeat, RotaWeek
from .rule import RuleEntry, RuleSet
from .rule_firing import RuleFiring
from .saved_view import SavedView
from .search import SearchDoc
from .second_factor import SecondFactorDemand
from .sla import BusinessCalendar, Holiday, SlaClock, SlaKind, SlaPolicy
from .snooze import Snooze
from .status_page import StatusPage
from .tag import Tag
from .team import Team
from .ticket import Ticket, VerdictChoice
from .token import ApiToken, Scope
from .verdict import Verdict

__all__ = [
    "Account",
    "Anchor",
    "AnchoredChain",
    "ApiToken",
    "ArticleUse",
    "ArticleVote",
    "AssignmentMember",
    "AssignmentRule",
    "AssignmentWait",
    "Attachment",
    "AuditEntry",
    "Backtest",
    "BacktestFlip",
    "BulkChange",
    "BusinessCalendar",
    "CandidateAside",
    "CannedReply",
    "CannedReplyText",
    "CannedReplyVersion",
    "Charge",
    "ChargeLine",
    "ChecklistItem",
    "Compensation",
    "CompensationLimit",
    "Correlation",
    "Curation",
    "Customer",
    "Delivery",
    "Draft",
    "Escalation",
    "EscalationDecision",
    "Event",
    "EvidenceRequest",
    "EvidenceValue",
    "Failure",
    "FailureAccount",
    "FailureCount",
    "FailureKind",
    "FaqEntry",
    "FaqText",
    "FaqVersion",
    "FruitlessSearch",
    "GatewayModel",
    "GatewayModelChange",
    "Holiday",
    "InboundMail",
    "Incident",
    "IncidentApart",
    "IncidentChange",
    "IncidentUpdate",
    "Invitation",
    "Job",
    "KeptApart",
    "KeyRecord",
    "Language",
    "Macro",
    "MacroRun",
    "MacroVersion",
    "Mailbox",
    "Mention",
    "Merge",
    "Message",
    "Outcome",
    "Person",
    "Probe",
    "ProbeResult",
    "ProviderNotice",
    "ProviderPage",
    "Reading",
    "ReportAttempt",
    "Retention",
    "Role",
    "RotaSeat",
    "RotaWeek",
    "RuleEntry",
    "RuleFiring",
    "RuleSet",
    "SavedView",
    "Scope",
    "SearchDoc",
    "SecondFactorDemand",
    "SlaClock",
    "SlaKind",
    "SlaPolicy",
    "Snooze",
    "Split",
    "StatusPage",
    "Tag",
    "Team",
    "Ticket",
    "TicketApart",
    "ToldCharge",
    "UsualPeak",
    "Verdict",
    "VerdictChoice",
]
