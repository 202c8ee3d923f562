from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class DeskAccounts(DefaultAccountAdapter):
    """Nobody signs up: an admin opens accounts for the people of the desk."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
