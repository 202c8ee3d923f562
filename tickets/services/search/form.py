"""Which form the entries have. What newer ones hold more can be asked for when all are written anew: by `index_search`,
which begins with the newest.
"""

from django.db.models import Max, Min

from tickets.models import SearchDoc

FORM = "form=2"  # with beginnings of values; another number when entries come to hold more
SAMPLES = 64  # entries, all along the number line

_renewed: set[str] = set()  # forms that all entries have: nothing makes older ones after that


def are_renewed() -> bool:
    """Whether all entries are of this form. Asked of the database until they are."""
    if FORM not in _renewed and not _has_older():
        _renewed.add(FORM)
    return FORM in _renewed


def _has_older() -> bool:
    first, last = SearchDoc.objects.aggregate(first=Min("pk"), last=Max("pk")).values()
    if first is None:
        return False
    numbers = {first, *range(first, last, max(1, (last - first) // SAMPLES))}
    sampled = SearchDoc.objects.filter(pk__in=numbers).values_list("tokens", flat=True)
    return any(FORM not in tokens.split() for tokens in sampled)
