"""Taking somebody's name out of what is not theirs: articles, rule cases, updates, notices, notes, the audit, and the
tickets of others that speak of them.

Every column of text is looked through, also those of models to come. Left out is what goes another way, and why.
"""

import json
import re
import time
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from tickets.models import (
    Account,
    Anchor,
    AnchoredChain,
    Customer,
    Event,
    Failure,
    FruitlessSearch,
    InboundMail,
    Message,
    Person,
    RuleSet,
    SearchDoc,
    Ticket,
)
from tickets.services.search.index import index_many
from triage.engine.scrub import GAP

from .emptying import ANONYMOUS, empty_positions
from .marks import Marks

# Hashed for good; made anew from the rest; erased row by row (erasure.py, reported.py).
ELSEWHERE = (Anchor, AnchoredChain, SearchDoc, Customer, Account, Failure)
ONLY: dict[type[models.Model], set[str]] = {
    Ticket: {"subject"},
    Person: {"away_note"},
    InboundMail: {"subject", "detail", "source"},
    Event: {"data"},
}
NOT_THERE: dict[type[models.Model], set[str]] = {
    RuleSet: {"content"}
}  # the catalogue's rules, which are long and name nobody
ROWS = 5_000  # looked through by one statement
BY_NUMBER = models.AutoField | models.BigIntegerField | models.OneToOneField

Field: TypeAlias = "models.Field[Any, Any]"


def take_out(marks: Marks, *, by: Person | str, since: str = "", end: float) -> str:
    """Piece by piece, each in a transaction of its own. Where to go on when the time is over; empty: all is done."""
    if not marks.words:
        return ""
    FruitlessSearch.objects.filter(_holding("words", marks)).delete()  # of no use without the word
    begun, _, last = since.partition(":")
    for model in _models():
        if begun and model.__name__ != begun:
            continue
        begun, after = "", int(last or 0)
        last = ""
        for upto in _pieces(model, after):
            if time.monotonic() > end:
                return f"{model.__name__}:{after}"
            with transaction.atomic():
                _clean(model, after, upto, marks, by)
            after = upto or after
    return ""


def take_out_of_settings(marks: Marks) -> None:
    """The same at once, of what stands on no ticket."""
    FruitlessSearch.objects.filter(_holding("words", marks)).delete()
    for model in _models():
        if not _is_of_ticket(model):
            _clean(model, 0, None, marks, "")


def without(value: Any, marks: Marks) -> Any:
    """The same value, whatever its shape, with a gap for each mark."""
    if isinstance(value, str):
        return _pattern(marks.words).sub(GAP, value)
    if isinstance(value, list):
        return [without(each, marks) for each in value]
    if isinstance(value, dict):
        return {without(key, marks): without(each, marks) for key, each in value.items()}
    return value


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_app_config("tickets").get_models():
        if not issubclass(model, ELSEWHERE) and list(_columns(model)):
            yield model


def _columns(model: type[models.Model]) -> Iterator[Field]:
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
        is_named = field.name in ONLY.get(model, {field.name}) - NOT_THERE.get(model, set())
        if is_text and is_named and not field.choices and not field.primary_key:
            yield field


def _is_of_ticket(model: type[models.Model]) -> bool:
    return model is Ticket or any(
        field.related_model is Ticket and not field.null for field in model._meta.concrete_fields
    )


def _pieces(model: type[models.Model], after: int) -> Iterator[int | None]:
    """The numbers that pieces of the table end with; None is the end of all."""
    if not isinstance(model._meta.pk, BY_NUMBER):
        yield None
        return
    while True:
        rows = model._base_manager.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
        upto = next(iter(rows[ROWS - 1 : ROWS]), None)
        yield upto
        if upto is None:
            return
        after = upto


def _clean(model: type[models.Model], after: int, upto: int | None, marks: Marks, by: Person | str) -> None:
    rows = model._base_manager.all()
    if after:
        rows = rows.filter(pk__gt=after)
    if upto is not None:
        rows = rows.filter(pk__lte=upto)
    touched: set[int] = set()
    for field in _columns(model):
        for row in list(rows.filter(_holding(field.name, marks)).order_by("pk")):
            if _clean_one(row, field, marks, by) and _is_of_ticket(model):
                touched.add(row.pk if isinstance(row, Ticket) else row.ticket_id)  # type: ignore[attr-defined]
    index_many(sorted(touched))


def _clean_one(row: models.Model, field: Field, marks: Marks, by: Person | str) -> bool:
    before = getattr(row, field.attname)
    after = without(before, marks)
    if after == before:
        return False
    if isinstance(row, Event):
        if row.kind != Event.ERASED:
            empty_positions(row.ticket, [row.position], by=by)
        return True
    if isinstance(row, Message):
        told = row.ticket.events.exclude(salt="").exclude(kind__in=ANONYMOUS).filter(data__message=row.pk)
        empty_positions(row.ticket, sorted(told.values_list("position", flat=True)), by=by)
    if field.unique:
        after = f"{after}{row.pk}"
    # Straight to the table: the audit and old versions are written once for everybody else.
    models.QuerySet(type(row)).filter(pk=row.pk).update(**{field.name: after})
    return True


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words; Chinese has no blanks between them."""
    whole = (f"{_edge(word[0], '<!')}{re.escape(word)}{_edge(word[-1], '!')}" for word in words)
    return re.compile("|".join(whole), re.IGNORECASE)


def _edge(sign: str, side: str) -> str:
    return rf"(?{side}[A-Za-z0-9])" if sign.isascii() and sign.isalnum() else ""


def _holding(column: str, marks: Marks) -> Q:
    """Some databases write letters of a JSON value that are not ASCII as escapes."""
    found = Q()
    for word in marks.words:
        found |= Q(**{f"{column}__icontains": word})
        if not word.isascii():
            found |= Q(**{f"{column}__icontains": json.dumps(word)[1:-1]})
    return found
