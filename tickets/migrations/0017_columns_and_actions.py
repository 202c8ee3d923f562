from django.db import migrations, models


def rename(before, after):
    """`unread` of a saved view meant that the customer spoke last; now each reader has their own unread."""

    def forwards(apps, schema_editor):
        for view in apps.get_model("tickets", "SavedView").objects.all():
            if before in view.parameters:
                view.parameters[after] = view.parameters.pop(before)
                view.save(update_fields=["parameters"])

    return forwards


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0016_pausing_policies"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="columns",
            field=models.JSONField(blank=True, default=list, verbose_name="columns of lists"),
        ),
        migrations.RunPython(rename("unread", "unanswered"), rename("unanswered", "unread")),
        migrations.AlterField(
            model_name="bulkchange",
            name="action",
            field=models.CharField(
                choices=[
                    ("assign", "Assign"),
                    ("status", "Set status"),
                    ("snooze", "Snooze"),
                    ("confirm", "Confirm verdict"),
                    ("overrule", "Set verdict"),
                    ("tag", "Tag"),
                    ("incident", "Link to incident"),
                ],
                max_length=10,
                verbose_name="action",
            ),
        ),
    ]
