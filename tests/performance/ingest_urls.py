"""The product's addresses, and beside them a bare view: it parses the same body and copies the rows in as they are."""

import json

from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tests.performance.reports import COLUMNS, TABLE
from triage.urls import handler400, handler403, handler404, handler500  # noqa: F401
from triage.urls import urlpatterns as product

_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)


@csrf_exempt
def bare(request: HttpRequest) -> JsonResponse:
    rows = json.loads(request.body)
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        cursor.copy(f"COPY {TABLE} ({_NAMES}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([row[name] for name in COLUMNS])
    return JsonResponse({"accepted": len(rows)}, status=202)


urlpatterns = [path("bare/failures", bare), *product]
