"""The public status in the shape that tools which watch status pages read (version 2 of that shape)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from .article.address import absolute
from .public_status import Component, PublicStatus, Trouble

PAGE = "desk"
DESCRIPTIONS = {
    "operational": lambda: _("All systems work"),
    "degraded_performance": lambda: _("Some requests are slow or recovering"),
    "partial_outage": lambda: _("Some requests fail"),
    "major_outage": lambda: _("Many requests fail"),
}


def described(state: str) -> str:
    return DESCRIPTIONS[state]()


def page_json(status: PublicStatus, *, name: str, address: str) -> dict[str, Any]:
    return {
        "id": PAGE,
        "name": name,
        "url": absolute(address),
        "time_zone": "Etc/UTC",
        "updated_at": _moment(status.changed_at),
    }


def status_json(status: PublicStatus) -> dict[str, str]:
    return {"indicator": status.indicator, "description": described(status.state)}


def component_json(component: Component, position: int) -> dict[str, Any]:
    return {
        "id": component.key,
        "name": component.name,
        "status": component.state,
        "created_at": None,
        "updated_at": _moment(component.changed_at),
        "position": position,
        "description": None,
        "showcase": True,
        "start_date": None,
        "group_id": None,
        "page_id": PAGE,
        "group": False,
        "only_show_if_degraded": False,
    }


def components_json(status: PublicStatus) -> list[dict[str, Any]]:
    return [component_json(component, at) for at, component in enumerate(status.components, start=1)]


def incident_json(trouble: Trouble, status: PublicStatus, *, address: str) -> dict[str, Any]:
    named = [
        component_json(component, at)
        for at, component in enumerate(status.components, start=1)
        if component.name == trouble.subject
    ]
    return {
        "id": str(trouble.pk),
        "name": title_of(trouble),
        "status": trouble.state,
        "created_at": _moment(trouble.started_at),
        "updated_at": _moment(trouble.changed_at),
        "monitoring_at": _moment(trouble.monitoring_at),
        "resolved_at": _moment(trouble.resolved_at),
        "impact": trouble.impact,
        "shortlink": absolute(f"{address}#incident-{trouble.pk}"),
        "started_at": _moment(trouble.started_at),
        "page_id": PAGE,
        "incident_updates": [
            {
                "id": str(line.pk),
                "status": line.state,
                "body": line.text,
                "incident_id": str(trouble.pk),
                "created_at": _moment(line.at),
                "updated_at": _moment(line.at),
                "display_at": _moment(line.at),
                "affected_components": None,
            }
            for line in reversed(trouble.lines)
        ],
        "components": named,
    }


def title_of(trouble: Trouble) -> str:
    if not trouble.subject:
        return _("Trouble with the gateway")
    return _("Trouble with %(subject)s") % {"subject": trouble.subject}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="milliseconds") if at else None
