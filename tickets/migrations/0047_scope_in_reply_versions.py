"""Versions say for whom a reply was as it does itself: a team may stand between one person and everybody."""

from typing import Any

from django.db import migrations


def name_scopes(apps: Any, editor: Any) -> None:
    for version in apps.get_model("tickets", "CannedReplyVersion").objects.iterator(500):
        for_all = version.content.pop("for_all", None)
        if for_all is not None:
            version.content["scope"] = "all" if for_all else "own"
            version.save(update_fields=["content"])


def name_for_all(apps: Any, editor: Any) -> None:
    for version in apps.get_model("tickets", "CannedReplyVersion").objects.iterator(500):
        scope = version.content.pop("scope", None)
        if scope is not None:
            version.content["for_all"] = scope == "all"
            version.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("tickets", "0046_versions_and_teams_of_kept")]
    operations = [migrations.RunPython(name_scopes, name_for_all)]
