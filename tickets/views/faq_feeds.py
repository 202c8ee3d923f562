"""What other programs read of the help centre: site map, feed, a list for answer engines, rules for robots."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tickets.models import FaqEntry, FaqText, Language
from tickets.services import markdown
from tickets.services.article.address import TAGS, absolute, address_of, list_address
from tickets.services.article.finding import all_articles
from tickets.services.article.markdown import library_markdown

from .cached import for_everybody

NEWEST = 50


@require_safe
@for_everybody
def sitemap(request: HttpRequest) -> HttpResponse:
    """Each article in each of its languages, with the others beside it and the day of its last change."""
    pages = [
        {
            "address": absolute(address_of(entry.slug, text.language)),
            "changed": text.changed_at,
            "versions": [
                (TAGS[each.language], absolute(address_of(entry.slug, each.language)))
                for each in entry.texts.all()
            ],
        }
        for entry in FaqEntry.objects.published().order_by("slug").prefetch_related("texts")
        for text in entry.texts.all()
    ]
    lists = [absolute(list_address(language)) for language in Language]
    context = {"pages": pages, "lists": lists, "home": absolute("/")}
    return render(request, "help/sitemap.xml", context, content_type="application/xml; charset=utf-8")


@require_safe
@for_everybody
def feed(request: HttpRequest, language: str = Language.ENGLISH) -> HttpResponse:
    """The articles that changed last."""
    newest = FaqText.objects.filter(language=language, entry__state=FaqEntry.State.PUBLISHED)
    texts = list(newest.select_related("entry").order_by("-changed_at", "-pk")[:NEWEST])
    with translation.override(language):
        atom = Atom1Feed(
            title=_("Answers"),
            link=absolute(list_address(language)),
            feed_url=absolute(request.path),
            description=_("Why a request to an AI gateway fails, and what to do"),
            language=TAGS[language],
        )
        for text in texts:
            address = absolute(address_of(text.entry.slug, language))
            atom.add_item(
                title=text.title,
                link=address,
                description=markdown.words_of(text.summary),
                unique_id=address,
                pubdate=text.entry.published_at or text.changed_at,
                updateddate=text.changed_at,
            )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
@for_everybody
def llms(request: HttpRequest) -> HttpResponse:
    """What there is to read here, for answer engines: title, plain address and summary of every article."""
    with translation.override("en"):
        titles = {"": _("Answers"), "summary": _("Why a request to an AI gateway fails, and what to do")}
    named = {str(language): "English" if language == Language.ENGLISH else "中文" for language in Language}
    articles = {str(language): all_articles(language=language) for language in Language}
    plain = library_markdown(articles, {**titles, **named})
    return HttpResponse(plain, content_type="text/plain; charset=utf-8")


@require_safe
@for_everybody
def robots(request: HttpRequest) -> HttpResponse:
    """Private links are for their holders; the desk is for its people."""
    closed = ("/t/", "/desk/", "/tickets/", "/incidents/", "/curation/", "/accounts/", "/report/", "/api/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.BASE_URL.rstrip('/')}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
