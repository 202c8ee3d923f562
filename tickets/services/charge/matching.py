"""Which charge a line is of: the same request or task; or, where no id is known, the same account, error and amount
within minutes.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q

from tickets.models import Charge, ChargeLine

NEAR = timedelta(minutes=5)
Likeness = tuple[str, str, Decimal | None, str]


class Matching:
    """What is known already of the requests that these lines speak of. Three statements."""

    def __init__(self, lines: Iterable[ChargeLine]) -> None:
        lines = list(lines)
        self._by_task: dict[str, Charge] = {}
        self._by_request: dict[str, Charge] = {}
        self._alike: dict[Likeness, list[tuple[datetime, Charge]]] = defaultdict(list)
        for known in _gathered_like(lines):
            self.add(known, known.charge)

    def charge_of(self, line: ChargeLine) -> Charge | None:
        found = self._by_task.get(line.task_id) or self._by_request.get(line.request_id)
        return found or self._one_alike(line)

    def add(self, line: ChargeLine, charge: Charge | None) -> None:
        """This line is of this charge; lines to come may be as well."""
        if charge is None:
            return
        if line.task_id:
            self._by_task.setdefault(line.task_id, charge)
        if line.request_id:
            self._by_request.setdefault(line.request_id, charge)
        if _is_comparable(line):
            self._alike[_likeness(line)].append((line.at, charge))

    def _one_alike(self, line: ChargeLine) -> Charge | None:
        """Two that are known by ids of their own are two, however alike."""
        if not _is_comparable(line):
            return None
        has_id = bool(line.request_id or line.task_id)
        for at, charge in self._alike[_likeness(line)]:
            if abs(at - line.at) <= NEAR and not (has_id and (charge.request_id or charge.task_id)):
                return charge
        return None


def _gathered_like(lines: list[ChargeLine]) -> Iterable[ChargeLine]:
    requests = {line.request_id for line in lines} - {""}
    tasks = {line.task_id for line in lines} - {""}
    gathered = ChargeLine.objects.filter(charge__isnull=False).select_related("charge").order_by("pk")
    charges: dict[int, Charge] = {}
    alike = [line for line in lines if _is_comparable(line)]
    asked = [Q(request_id__in=requests) & ~Q(request_id="")] if requests else []
    asked += [Q(task_id__in=tasks) & ~Q(task_id="")] if tasks else []
    if alike:
        asked.append(
            Q(
                account__in={line.account for line in alike},
                fingerprint__in={line.fingerprint for line in alike},
                at__gte=min(line.at for line in alike) - NEAR,
                at__lte=max(line.at for line in alike) + NEAR,
            )
        )
    for question in asked:
        for line in gathered.filter(question):
            if line.charge is not None:  # one object for each charge, whoever leads to it
                line.charge = charges.setdefault(line.charge.pk, line.charge)
            yield line


def _is_comparable(line: ChargeLine) -> bool:
    return bool(line.account and line.fingerprint)


def _likeness(line: ChargeLine) -> Likeness:
    return line.account, line.fingerprint, line.amount, line.currency
