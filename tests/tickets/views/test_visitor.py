from django.test import RequestFactory

from tickets.views.visitor import visitor


def asking(client: str):
    return RequestFactory().get(
        "/faq/base-url", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=client, HTTP_USER_AGENT="browser"
    )


def test_visitors_behind_our_proxy_are_told_apart(settings):
    settings.PROXIES = 1
    assert visitor(asking("192.0.2.1")) != visitor(asking("192.0.2.2"))


def test_what_a_visitor_claims_makes_nobody_two_without_a_proxy(settings):
    settings.PROXIES = 0
    assert visitor(asking("192.0.2.1")) == visitor(asking("192.0.2.2"))
