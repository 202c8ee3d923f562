from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .incident import Incident
from .person import Person, Role

UNENDED = timedelta(days=1)


class NoticeQuerySet(models.QuerySet["ProviderNotice"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """The only door to notices: for those who read incidents."""
        may = isinstance(person, Person) and person.is_active and person.role != Role.BILLING
        return self if may else self.none()

    def current(self, now: datetime) -> Self:
        """Of troubles that go on. One whose end nobody told counts for a day."""
        return self.filter(published_at__lte=now, published_at__gt=now - UNENDED, ended_at=None)


class ProviderNotice(models.Model):
    """What a provider itself said of a trouble on its status page, and when."""

    class Impact(models.TextChoices):
        """How bad, by the provider's own account; empty where it did not say."""

        NONE = "none", _("no impact")
        MINOR = "minor", _("minor")
        MAJOR = "major", _("major")
        CRITICAL = "critical", _("critical")

    provider = models.CharField(_("provider"), max_length=80)
    model = models.CharField(_("model"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=200)
    address = models.URLField(_("address"), max_length=400, blank=True)
    source_id = models.CharField(max_length=120, blank=True)  # the number of the incident on that page
    published_at = models.DateTimeField(_("published"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # As their page gives them: `state` is how the trouble stood when it was read last.
    state = models.CharField(_("state"), max_length=20, blank=True)
    impact = models.CharField(_("impact"), max_length=10, choices=Impact, blank=True)
    incident = models.ForeignKey(
        Incident, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    opened_it = models.BooleanField(default=False)  # the incident, and not only told of it
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("official notice")
        indexes = [models.Index(fields=["provider", "published_at"], name="notice_provider")]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "source_id"], condition=~Q(source_id=""), name="notice_source_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("published_at")),
                name="notice_ends_after_begin",
            ),
        ]

    def __str__(self) -> str:
        return self.title
