"""Writing an article: both languages side by side. What is refused stays typed."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.forms.faq_entry import FaqEntryForm
from tickets.models import FaqEntry
from tickets.services.content_diff import NewerVersion
from tickets.services.faq.content import newest_content
from tickets.services.faq.draft import begin_article
from tickets.services.faq.version import save_version

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_suggest_articles(request.user))
    blank = {"cause": "", "codes": [], "strings": [], "related": [], "gap": "", "texts": {}}
    form = FaqEntryForm(request.POST or None, entry=FaqEntry(), content=blank, seen=None)
    if form.is_valid():
        entry = begin_article(form.cleaned_data["slug"], form.content, by=request.user)
        return _saved(request, entry)
    return _page(request, FaqEntry(), form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(FaqEntry.objects.prefetch_related("texts"), pk=pk)
    permissions.require(permissions.can_write_article(request.user, entry))
    form = _form(request.POST or None, entry)
    if not form.is_valid():
        return _page(request, entry, form)
    try:
        save_version(
            entry,
            form.content,
            by=request.user,
            seen=form.cleaned_data["seen"],
            slug=form.cleaned_data.get("slug", ""),
        )
    except NewerVersion as meanwhile:
        return _changed_meanwhile(request, entry, meanwhile)
    return _saved(request, entry)


def _form(data: QueryDict | None, entry: FaqEntry) -> FaqEntryForm:
    newest = entry.versions.first()
    return FaqEntryForm(
        data, entry=entry, content=newest_content(entry), seen=newest.number if newest else None
    )


def _changed_meanwhile(request: DeskRequest, entry: FaqEntry, meanwhile: NewerVersion) -> HttpResponse:
    """What was typed stays; saved again, it goes on from the newer version."""
    data = request.POST.copy()
    data["seen"] = str(meanwhile.newest.number)
    form = _form(data, entry)
    who = {"who": meanwhile.newest.by or _("Somebody"), "n": meanwhile.newest.number}
    words = _("%(who)s saved version %(n)s meanwhile. Your text still stands here: compare, then save again.")
    form.add_error(None, words % who)
    return _page(request, entry, form, compare=meanwhile.newest.number)


def _saved(request: DeskRequest, entry: FaqEntry) -> HttpResponse:
    messages.success(request, _("Saved."))
    language = request.POST.get("preview", "")
    if language in ("en", "zh-hans"):
        return redirect("faq_entry_preview", pk=entry.pk, language=language)
    return redirect("faq_entry", pk=entry.pk)


def _page(request: DeskRequest, entry: FaqEntry, form: FaqEntryForm, compare: int = 0) -> HttpResponse:
    context = {"entry": entry, "form": form, "compare": compare, **rail_of(request.user)}
    return render(request, "curation/article_words.html", context, status=422 if form.is_bound else 200)
