"""What a reader of a page jumps between has names of its own: no two regions are called alike."""

import re
from collections import Counter
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[3] / "templates"
REGION = re.compile(r'<(?:section|[a-z]+[^>]*\brole="region")[^>]*\baria-labelledby="([^"{]+)"')


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_no_two_regions_of_a_template_share_a_name(path):
    named = Counter(REGION.findall(path.read_text(encoding="utf-8")))

    assert [name for name, count in named.items() if count > 1] == []


@pytest.mark.django_db
def test_the_page_of_keys_leaves_no_heading_out(client, agent):
    page = client.get("/desk/keys/").content.decode()

    assert "<h2>" in page.split('<div class="key-sheet">')[1]
    assert "<h3" not in page
