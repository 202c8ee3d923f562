"""What correlation has to know of an error: its fingerprint, its words, and whether it is the customers' own doing."""

from collections import OrderedDict
from typing import NamedTuple

from tickets.services.failure.fingerprinting import fingerprint_of, skeleton
from tickets.services.failure.reading import FailureRow
from tickets.services.redaction import make_safe
from triage.engine import diagnose
from triage.engine.verdict import Verdict

REMEMBERED = 20_000
MOST_READ = 50_000  # texts; when nearly every row has words of its own, the rest goes by its code
LIKELY = 0.5
NOT_OWN = (408, 429)


class KnownError(NamedTuple):
    fingerprint: str
    words: str
    is_own: bool


class Errors:
    """Reads each kind of error once. Many rows with many texts cost no more than a bounded number of readings."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, int | None, str], KnownError] = OrderedDict()
        self._own: dict[str, bool] = {}
        self._words: dict[str, str] = {}
        self._read = 0

    def of(self, row: FailureRow) -> KnownError:
        key = (skeleton(row.raw_error[:2000], row.model), row.http_status, row.error_code)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._look_at(row)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    def words_of(self, fingerprint: str | None) -> str:
        return self._words.get(fingerprint or "", "")

    def is_own(self, fingerprint: str) -> bool:
        return self._own.get(fingerprint, False)

    def _look_at(self, row: FailureRow) -> KnownError:
        self._read += 1
        if self._read > MOST_READ:
            words = " ".join(filter(None, (row.error_type, row.error_code, str(row.http_status or ""))))
            row = row._replace(raw_error=words or "error")
        safe = row._replace(raw_error=make_safe(row.raw_error).text)
        read = fingerprint_of(safe)
        fingerprint = read.value or f"{row.http_status or 0:016x}"
        if fingerprint not in self._own:
            self._own[fingerprint] = is_customers_own(safe)
            self._words[fingerprint] = read.words[:200]
        return KnownError(fingerprint, read.words, self._own[fingerprint])


def is_customers_own(row: FailureRow) -> bool:
    """What the engine says of it, without any context. In doubt it is not; and a server that gives up or holds back
    is never, however it words it: for one customer that may be the own limit, for a crowd it is not.
    """
    if row.http_status is not None and (row.http_status >= 500 or row.http_status in NOT_OWN):
        return False
    known = {
        "http_status": row.http_status,
        "error_type": row.error_type,
        "error_code": row.error_code,
        "model": row.model,
        "provider": row.provider,
    }
    diagnosis = diagnose(row.raw_error, known={name: value for name, value in known.items() if value})
    return diagnosis.verdict is Verdict.CONFIG_MISTAKE and diagnosis.confidence >= LIKELY
