from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_search")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["customer_spoke_at"], name="ticket_customer_spoke"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["resolved_at", "number"],
                condition=models.Q(status="resolved"),
                name="ticket_closed",
            ),
        ),
    ]
