"""The public pages: the help centre, reports and their follow-up, the status page, the tools."""

from django.urls import path

from tickets.views import (
    article_vote,
    bundle,
    faq,
    faq_feeds,
    follow_up,
    invitation,
    preference,
    public_status,
    report,
    tools,
    working_again,
)

CHINESE = {"language": "zh-hans"}

help_centre = [
    path("", report.home, name="home"),
    path(".well-known/triage-desk-key.json", bundle.key, name="signing_key"),
    path("report/", report.create, name="report"),
    path("report/<str:mark>/articles/<slug:slug>/", report.reads, name="report_reads"),
    path("report/<str:mark>/solved/", report.solved, name="report_solved"),
    path("faq", faq.index, name="faq"),
    path("zh/faq", faq.index, CHINESE, name="faq_zh"),
    path("faq/<slug:slug>", faq.show, name="article"),
    path("zh/faq/<slug:slug>", faq.show, CHINESE, name="article_zh"),
    path("faq/<slug:slug>.md", faq.text, name="article_text"),
    path("zh/faq/<slug:slug>.md", faq.text, CHINESE, name="article_text_zh"),
    path("faq/<slug:slug>/vote", article_vote.create, name="vote"),
    path("zh/faq/<slug:slug>/vote", article_vote.create, CHINESE, name="vote_zh"),
    path("faq.atom", faq_feeds.feed, name="feed"),
    path("zh/faq.atom", faq_feeds.feed, CHINESE, name="feed_zh"),
    path("sitemap.xml", faq_feeds.sitemap, name="sitemap"),
    path("llms.txt", faq_feeds.llms, name="llms"),
    path("robots.txt", faq_feeds.robots, name="robots"),
    path("e/<str:code>", faq.by_code, name="article_by_code"),
    path("t/<slug:token>/", follow_up.show, name="follow_up"),
    path("t/<slug:token>/messages/", follow_up.create_message, name="follow_up_message"),
    path("t/<slug:token>/files/<int:pk>/<str:name>", follow_up.file, name="follow_up_file"),
    path("t/<slug:token>/working/<int:update>/", working_again.show, name="working_again"),
    path("status", public_status.show, name="status"),
    path("zh/status", public_status.show, CHINESE, name="status_zh"),
    path("status/api/v2/<slug:part>.json", public_status.as_json, name="status_json"),
    path("zh/status/api/v2/<slug:part>.json", public_status.as_json, CHINESE, name="status_json_zh"),
    path(
        "status/api/v2/incidents/unresolved.json",
        public_status.as_json,
        {"part": "unresolved"},
        name="status_unresolved",
    ),
    path("status/history.<slug:form>", public_status.feed, name="status_feed"),
    path("zh/status/history.<slug:form>", public_status.feed, CHINESE, name="status_feed_zh"),
    path("language/", preference.language, name="language"),
    path("invitation/<str:token>/", invitation.show, name="invitation"),
]

public_tools = [
    path("tools/", tools.index.show, name="tools"),
    path("tools/request/", tools.request.show, name="tool_request"),
    path("tools/base-url/", tools.base_url.show, name="tool_base_url"),
    path("tools/model-name/", tools.model_name.show, name="tool_model_name"),
    path("tools/safe-request/", tools.safe_request.show, name="tool_safe_request"),
    path("tools/pacing/", tools.pacing.show, name="tool_pacing"),
]

urlpatterns = [*help_centre, *public_tools]
