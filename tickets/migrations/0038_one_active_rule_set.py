from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0037_rule_states")]

    operations = [
        migrations.RemoveConstraint(
            model_name="ruleset",
            name="rule_set_one_active",
        ),
        migrations.RemoveField(
            model_name="ruleset",
            name="is_active",
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "active")), fields=("state",), name="rule_set_one_active"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("state",), name="rule_set_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("brings_back__isnull", False),
                    ("activated_by", None),
                    ("changed_by", None),
                    models.Q(("activated_by", models.F("changed_by")), _negated=True),
                    _connector="OR",
                ),
                name="rule_set_second_person",
            ),
        ),
    ]
