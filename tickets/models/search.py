from django.db import models

from .ticket import Ticket


class SearchDoc(models.Model):
    """What search knows of a ticket. `tickets.services.search.index` writes it with every change of the ticket.

    Both databases index `tokens` (words parted by single spaces), each in its own way: see the migrations. An
    operation that makes SQLite build this table anew must create its three triggers again.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="search_doc"
    )
    tokens = models.TextField()
    text = models.TextField()  # the same words in their order, to tell a phrase from its scattered words

    def __str__(self) -> str:
        return f"search entry of #{self.ticket_id}"
