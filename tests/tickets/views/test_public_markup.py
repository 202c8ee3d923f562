"""The markup of every public page, read as the standard says; and the data that machines read, by its vocabulary."""

import json
import re

import html5lib
import pytest

from tests.articles import make_draft
from tests.factories import WRONG_BASE_URL, make_admin, make_ticket
from tests.html import read_page
from tickets.models import FaqEntry
from tickets.services.faq.library import load_library
from tickets.services.faq.state import publish, submit

pytestmark = pytest.mark.django_db
STARTS = (
    "/", "/faq?q=base+url", "/faq?q=zebra", "/zh/faq?q=zebra", "/accounts/login/", "/accounts/password/reset/",
    "/accounts/signup/", "/no-such-page",
)  # fmt: skip
# Of the vocabulary of schema.org: what each type that we use must have, and what else we may say of it.
TYPES = {
    "TechArticle": (
        {"@id", "url", "headline", "description", "inLanguage", "dateModified"},
        {"datePublished", "keywords"},
    ),
    "BreadcrumbList": ({"itemListElement"}, set()),
    "ListItem": ({"position", "name", "item"}, set()),
}
SHAPES = {
    "url": r"https?://\S+",
    "@id": r"https?://\S+",
    "item": r"https?://\S+",
    "inLanguage": r"en|zh-Hans",
    "dateModified": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d",
    "datePublished": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d",
    "headline": r".{1,200}",
    "name": r".{1,200}",
    "description": r"(?s).{1,500}",
    "keywords": r".+",
}
LONGEST_HEADLINE = 110  # what readers of such data show


@pytest.fixture(autouse=True)
def library(db):
    load_library()
    author = make_admin()
    entry = make_draft(by=author, codes=["x_y"])  # one that people wrote, beside the built-in ones
    submit(entry, by=author)
    publish(entry, by=make_admin())


def pages_of(client):
    """Every public page that a link leads to, by its path."""
    ticket = make_ticket(name="Lin")
    waiting, found = [*STARTS, f"/t/{ticket.follow_up_token}/"], {}
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        if path in found or "html" not in answer.headers.get("Content-Type", ""):
            continue
        found[path] = answer.content.decode()
        links = {link.partition("#")[0] for link in read_page(found[path]).links}
        waiting += [link for link in links if link.startswith("/") and link != "/desk/" and link not in found]
    found["the report"] = client.post("/report/", {"text": WRONG_BASE_URL}).content.decode()
    found["a refused report"] = client.post("/report/", {"text": ""}).content.decode()
    found["a vote"] = client.post("/faq/base-url/vote", {"helped": "no"}).content.decode()
    return found


def test_every_public_page_is_valid(client):
    pages = pages_of(client)

    wrong = {path: found for path, page in pages.items() if (found := [*parse_errors(page), *problems(page)])}

    assert wrong == {}
    assert len(pages) > 2 * FaqEntry.objects.count()


def test_data_of_every_article_fits_its_vocabulary(client):
    articles = [
        f"{start}/faq/{slug}"
        for start in ("", "/zh")
        for slug in FaqEntry.objects.published().values_list("slug", flat=True)
    ]

    wrong = {path: found for path in articles if (found := list(breaches(client.get(path).content.decode())))}

    assert wrong == {}


def parse_errors(page):
    """What a reader that follows the standard to the letter complains about."""
    parser = html5lib.HTMLParser()
    parser.parse(page)
    return [f"{code} at {place}" for place, code, _ in parser.errors]


def problems(page):
    """What the parser forgives: ids that stand twice, names of nothing, blocks within a line, odd moments."""
    moments = re.findall(r'<time datetime="([^"]*)"', page)
    yield from read_page(page).problems
    yield from (f"{at} is no moment" for at in moments if not MOMENT.fullmatch(at))


MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d))?")


def breaches(page):
    data = json.loads(read_page(page).data)
    if data.pop("@context") != "https://schema.org":
        yield "another vocabulary"
    things = data.pop("@graph")
    if sorted(each["@type"] for each in things) != ["BreadcrumbList", "TechArticle"] or data:
        yield f"{sorted(data)} beside {[each['@type'] for each in things]}"
    for each in things:
        yield from of_type(each)


def of_type(thing):
    kind = thing.get("@type")
    needed, allowed = TYPES.get(kind, (set(), set()))
    names = set(thing) - {"@type"}
    if needed - names or names - needed - allowed:
        yield f"{kind} lacks {sorted(needed - names)}, and {sorted(names - needed - allowed)} are not its own"
    for name, shape in SHAPES.items():
        if name in thing and not re.fullmatch(shape, str(thing[name])):
            yield f"{kind}.{name} is {thing[name]!r}"
    if kind == "TechArticle" and len(thing["headline"]) > LONGEST_HEADLINE:
        yield f"the headline has {len(thing['headline'])} characters"
    for place, item in enumerate(thing.get("itemListElement", []), start=1):
        if item.get("position") != place:
            yield f"step {place} stands at {item.get('position')}"
        yield from of_type(item)
