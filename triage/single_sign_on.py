"""Signing in at the operator's own OpenID provider: who comes in, and as what, is said by a claim."""

from collections.abc import Mapping
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render


class DeskSingleSignOn(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse whom no role is meant for; else let the person, found by address, come in with that role."""
        from tickets.services.single_sign_on import (  # settings name this module before models
            Refused,
            person_for,
        )

        claims = claims_of(sociallogin)
        role = role_for(claims)
        try:
            person = person_for(
                claims, role=role, known=sociallogin.user if sociallogin.is_existing else None
            )
        except Refused as refused:
            answer = render(request, "account/refused.html", {"reason": str(refused)}, status=403)
            raise ImmediateHttpResponse(answer) from refused
        if not sociallogin.is_existing:
            sociallogin.connect(request, person)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whoever comes in is a person already when this is asked."""
        return False


def claims_of(sociallogin: SocialLogin) -> Mapping[str, Any]:
    told = sociallogin.account.extra_data
    return {**(told.get("id_token") or {}), **(told.get("userinfo") or {})}


def role_for(claims: Mapping[str, Any]) -> str:
    """The first role of OIDC_ROLES that one of the claim's values stands for; else the default, maybe none."""
    told = claims.get(settings.OIDC_ROLE_CLAIM) or ()
    values = {str(value) for value in told} if isinstance(told, list | tuple) else {str(told)}
    return next((role for role, value in settings.OIDC_ROLES if value in values), settings.OIDC_DEFAULT_ROLE)
