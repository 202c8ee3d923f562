from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    AGENT = "agent", _("support agent")
    ENGINEER = "engineer", _("engineer")
    BILLING = "billing", _("billing")
    ADMIN = "admin", _("admin")


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    CHINESE = "zh-hans", "简体中文"


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(email, password, role=Role.ADMIN, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who works at the desk. Customers are not people of the desk: see `Customer`."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("as the system")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    class Density(models.TextChoices):
        COMFORTABLE = "comfortable", _("comfortable")
        COMPACT = "compact", _("compact")

    class UndoTime(models.IntegerChoices):
        NONE = 0, _("none, replies go out at once")
        FIVE = 5, _("5 seconds")
        TEN = 10, _("10 seconds")
        TWENTY = 20, _("20 seconds")
        THIRTY = 30, _("30 seconds")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.AGENT)
    language = models.CharField(_("language"), max_length=8, choices=Language, default=Language.ENGLISH)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    theme = models.CharField(_("theme"), max_length=8, choices=Theme, default=Theme.SYSTEM)
    density = models.CharField(_("density"), max_length=12, choices=Density, default=Density.COMFORTABLE)
    undo_seconds = models.PositiveSmallIntegerField(
        _("time to take a reply back"), choices=UndoTime, default=UndoTime.TEN
    )
    single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    # How many tickets may wait on this person before a rule gives them no more; empty sets no bound.
    capacity = models.PositiveSmallIntegerField(_("tickets at once"), null=True, blank=True)
    away_since = models.DateTimeField(_("away since"), null=True, blank=True)
    away_until = models.DateTimeField(_("away until"), null=True, blank=True)
    away_note = models.CharField(_("note"), max_length=200, blank=True)
    columns = models.JSONField(
        _("columns of lists"), default=list, blank=True
    )  # slugs; empty is the usual ones
    # Kept true by services/second_factor.py: the role demands one, and the person has none.
    owes_second_factor = models.BooleanField(default=False, editable=False)
    # Kept true by services/team.py: a team of theirs shows its agents only what is theirs.
    is_narrowed = models.BooleanField(default=False, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo person"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def team_ids(self) -> frozenset[int]:
        return frozenset(self.teams.values_list("pk", flat=True))

    @property
    def is_away(self) -> bool:
        """Gets nothing new. Back by itself when the time is over."""
        return self.away_since is not None and (self.away_until is None or self.away_until > timezone.now())

    @property
    def initials(self) -> str:
        """Two letters for the avatar; of a Chinese name its last two characters."""
        words = self.name.split()
        if len(words) > 1:
            return (words[0][0] + words[-1][0]).upper()
        return self.name[-2:] if not self.name.isascii() else self.name[:2].upper()


# What pages say of somebody: name and avatar, whether they work here, whether they are away.
SAID = {"id", "email", "name", "role", "away_since", "away_until", "away_note", "is_active", "erased_at"}
