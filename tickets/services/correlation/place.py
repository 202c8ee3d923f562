"""What an incident is about: a provider, a model, a route, an error; None where it is not about one."""

from typing import NamedTuple


class Place(NamedTuple):
    provider: str | None = None
    model: str | None = None
    route: str | None = None
    fingerprint: str | None = None

    def holds(self, other: "Place") -> bool:
        """Whether all that `other` names happens within this place. Where is asked, not which error: one cause
        shows itself in several. Only a place that is nowhere in particular is known by its error.
        """
        if self.is_everywhere:
            return self.fingerprint is None or self.fingerprint == other.fingerprint
        return (
            self.provider in (None, other.provider)
            and self.model in (None, other.model)
            and self.route in (None, other.route)
        )

    @property
    def is_everywhere(self) -> bool:
        return self.provider is None and self.model is None and self.route is None

    def joined_with(self, other: "Place") -> "Place":
        """The narrowest place that holds both."""
        return Place(*(one if one == two else None for one, two in zip(self, other, strict=True)))
