"""`manage.py receive_mail`: the end of a mail server's pipe. Exit codes are those of sysexits.h."""

import os
import sys
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError

from tickets.connectors.mail_reading import MOST_BYTES
from tickets.models import InboundMail
from tickets.services.inbound_mail import receive_mail
from tickets.services.mail.scanning import ScannerAway

log = structlog.get_logger(__name__)

TEMPORARY = os.EX_TEMPFAIL  # 75: the mail server keeps the mail and comes again


class Command(BaseCommand):
    help = (
        "Take in one mail from standard input. Ends with 0 when it is stored, with 75 to be given it again."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        while sys.stdin.buffer.read(1 << 20):
            pass  # a mail server whose pipe breaks calls it a failure
        if not raw.strip():
            self.stderr.write("There is no mail on standard input.")
            sys.exit(os.EX_DATAERR)
        try:
            mail = receive_mail(raw, way=InboundMail.Way.PIPE)
        except (DatabaseError, InterfaceError, ScannerAway) as problem:
            log.warning("inbound_mail_put_off", problem=type(problem).__name__)
            self.stderr.write("The mail cannot be taken in now; it should be delivered again.")
            sys.exit(TEMPORARY)
        number = f" #{mail.ticket_id}" if mail.ticket_id else ""
        self.stdout.write(f"{mail.state}{number} {mail.reason}".strip())
