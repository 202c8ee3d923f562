from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from tickets.models import Scope
from tickets.services.gateway_model import offered_context
from tickets.services.rule.set import active_rules
from triage.engine import diagnose
from triage.engine.report import as_dict

from .auth import Bearer
from .errors import REFUSALS
from .schemas import DiagnosisOut, TriageIn

router = Router(tags=["triage"])


@router.post("/triage", auth=Bearer(Scope.TRIAGE), response={200: DiagnosisOut, **REFUSALS})
def judge(request: HttpRequest, data: TriageIn) -> dict[str, Any]:
    """Judge a text. Nothing is stored. What `context` says outranks the operator's list of models."""
    context = {**offered_context(), **(data.context or {})}
    diagnosis = diagnose(data.text, context, active_rules(), pepper=settings.PEPPER)
    return as_dict(diagnosis)
