"""One version of an article beside the one before it, and bringing it back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.models import FaqVersion
from tickets.services.faq.version import bring_back, differences, standing_before

from .kept import note_of_return, say_returned
from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    permissions.require(permissions.can_suggest_articles(request.user))
    versions = FaqVersion.objects.select_related("entry", "by").prefetch_related("entry__texts")
    version = get_object_or_404(versions, entry=pk, number=number)
    newest = version.entry.versions.first()
    may_write = permissions.can_write_article(request.user, version.entry)
    if request.method == "POST":
        permissions.require(may_write)
        came = bring_back(version, by=request.user, note=note_of_return(number))
        say_returned(request, number, differs=came is not None)
        return redirect("faq_entry", pk=pk)
    context = {
        "version": version,
        "entry": version.entry,
        "differences": list(differences(standing_before(version), version.content)),
        "may_bring_back": may_write and newest != version,
        **rail_of(request.user),
    }
    return render(request, "curation/article_version.html", context)
