from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Concat

MERGED = " state=merged"


def mark_merged(apps, schema_editor):
    """As `entry_of` writes them from now on. Few: only what was merged into another ticket."""
    entries = apps.get_model("tickets", "SearchDoc").objects.filter(ticket__merged_into__isnull=False)
    entries.update(tokens=Concat(F("tokens"), Value(MERGED)))


class Migration(migrations.Migration):
    dependencies = [("tickets", "0049_probes")]

    operations = [migrations.RunPython(mark_merged, migrations.RunPython.noop)]
