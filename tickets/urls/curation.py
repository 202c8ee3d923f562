"""What admins curate: models, articles, rules, replies, mail, work rules, people, privacy."""

from django.urls import path

from tickets.views import (
    anchor,
    assignment_rule,
    audit,
    away,
    backtest,
    calendar,
    canned_reply,
    correlation,
    curation,
    customer,
    faq_candidate,
    faq_entry,
    faq_list,
    faq_preview,
    faq_step,
    faq_version,
    faq_words,
    fruitless_search,
    gateway_model,
    inbound_mail,
    macro,
    person,
    provider_page,
    retention,
    rule,
    rule_edit,
    rule_set,
    saved,
    service_level,
    status_page,
    team,
    work,
)

models = [
    path("curation/models/", gateway_model.index, name="models"),
    path("curation/models/new/", gateway_model.create, name="model_new"),
    path("curation/models/import/", gateway_model.bring, name="models_import"),
    path("curation/models/export/", gateway_model.export, name="models_export"),
    path("curation/models/<int:pk>/", gateway_model.show, name="model"),
    path("curation/models/<int:pk>/deletion/", gateway_model.delete, name="model_deletion"),
]

articles = [
    path("curation/saved/", saved.show, name="saved"),
    path("curation/saved/attempts/", saved.attempts, name="saved_attempts"),
    path("curation/searches/", fruitless_search.index, name="searches"),
    path("curation/searches/<int:pk>/draft/", fruitless_search.draft, name="search_draft"),
    path("curation/searches/<int:pk>/setting-aside/", fruitless_search.aside, name="search_aside"),
    path("curation/articles/", faq_list.index, name="articles"),
    path("curation/articles/new/", faq_words.create, name="faq_entry_new"),
    path("curation/articles/settings/", curation.show, name="curation"),
    path("curation/articles/candidates/", faq_candidate.index, name="candidates"),
    path("curation/articles/candidates/draft/", faq_candidate.draft, name="candidate_draft"),
    path("curation/articles/candidates/addition/", faq_candidate.addition, name="candidate_addition"),
    path("curation/articles/candidates/setting-aside/", faq_candidate.aside, name="candidate_aside"),
    path("curation/articles/<int:pk>/", faq_entry.show, name="faq_entry"),
    path("curation/articles/<int:pk>/words/", faq_words.show, name="faq_entry_words"),
    path("curation/articles/<int:pk>/preview/<slug:language>/", faq_preview.show, name="faq_entry_preview"),
    path("curation/articles/<int:pk>/step/", faq_step.take, name="faq_entry_step"),
    path("curation/articles/<int:pk>/versions/<int:number>/", faq_version.show, name="faq_entry_version"),
]

rules = [
    path("curation/rules/", rule.index, name="rules"),
    path("curation/rules/new/", rule_edit.create, name="rule_new"),
    path("curation/rules/trial/", rule_edit.trial, name="rule_trial"),
    path("curation/rules/import/", rule_set.bring, name="rules_import"),
    path("curation/rules/sets/", rule_set.index, name="rule_sets"),
    path("curation/rules/sets/new/", rule_set.create, name="rule_set_new"),
    path("curation/rules/sets/<int:number>/", rule_set.show, name="rule_set"),
    path("curation/rules/sets/<int:number>/state/", rule_set.state, name="rule_set_state"),
    path("curation/rules/sets/<int:number>/rules.yaml", rule_set.export, name="rule_set_export"),
    path("curation/rules/sets/<int:number>/backtests/", backtest.create, name="backtest_new"),
    path("curation/rules/backtests/<int:pk>/", backtest.show, name="backtest"),
    path("curation/rules/backtests/<int:pk>/cancelling/", backtest.cancelling, name="backtest_cancelling"),
    path("curation/rules/one/<slug:rule>/", rule.show, name="rule"),
    path("curation/rules/one/<slug:rule>/text/", rule_edit.edit, name="rule_edit"),
    path("curation/rules/one/<slug:rule>/place/", rule_edit.place, name="rule_place"),
]

macros = [
    path("curation/replies/", canned_reply.index, name="canned_replies"),
    path("curation/replies/new/", canned_reply.create, name="canned_reply_new"),
    path("curation/replies/<int:pk>/", canned_reply.show, name="canned_reply"),
    path("curation/replies/<int:pk>/offering/", canned_reply.offering, name="canned_reply_offering"),
    path(
        "curation/replies/<int:pk>/versions/<int:number>/", canned_reply.version, name="canned_reply_version"
    ),
    path("curation/macros/", macro.index, name="macros"),
    path("curation/macros/new/", macro.create, name="macro_new"),
    path("curation/macros/<int:pk>/", macro.show, name="macro"),
    path("curation/macros/<int:pk>/versions/<int:number>/", macro.version, name="macro_version"),
    path("curation/macros/<int:pk>/retiring/", macro.retiring, name="macro_retiring"),
]

mail = [
    path("curation/mail/", inbound_mail.index, name="inbound_mails"),
    path("curation/mail/<int:pk>/", inbound_mail.show, name="inbound_mail"),
    path("curation/mail/<int:pk>/trying/", inbound_mail.trying, name="inbound_mail_trying"),
]

correlation_rules = [
    path("curation/correlation/", correlation.show, name="correlation"),
    path("curation/status-page/", status_page.show, name="status_page"),
    path("curation/provider-pages/", provider_page.index, name="provider_pages"),
    path("curation/provider-pages/new/", provider_page.create, name="provider_page_new"),
    path("curation/provider-pages/<int:pk>/", provider_page.show, name="provider_page"),
    path("curation/provider-pages/<int:pk>/reading/", provider_page.read, name="provider_page_reading"),
    path("curation/provider-pages/<int:pk>/deletion/", provider_page.delete, name="provider_page_deletion"),
]

work_rules = [
    path("curation/teams/", team.index, name="teams"),
    path("curation/teams/new/", team.create, name="team_new"),
    path("curation/teams/<int:pk>/", team.show, name="team"),
    path("curation/teams/<int:pk>/deletion/", team.delete, name="team_deletion"),
    path("curation/work/", work.show, name="work"),
    path("curation/work/people/<int:pk>/", away.show, name="work_person"),
    path("curation/work/assignment/new/", assignment_rule.create, name="assignment_rule_new"),
    path("curation/work/assignment/<int:pk>/", assignment_rule.show, name="assignment_rule"),
    path(
        "curation/work/assignment/<int:pk>/deletion/",
        assignment_rule.delete,
        name="assignment_rule_deletion",
    ),
    path("curation/work/calendars/new/", calendar.create, name="calendar_new"),
    path("curation/work/calendars/<int:pk>/", calendar.show, name="calendar"),
    path("curation/work/calendars/<int:pk>/deletion/", calendar.delete, name="calendar_deletion"),
    path("curation/work/levels/new/", service_level.create, name="policy_new"),
    path("curation/work/levels/<int:pk>/", service_level.show, name="policy"),
    path("curation/work/levels/<int:pk>/deletion/", service_level.delete, name="policy_deletion"),
]

people = [
    path("curation/people/", person.index, name="people"),
    path("curation/people/factors/", person.factors, name="second_factors"),
    path("curation/people/<int:pk>/", person.show, name="person"),
    path("curation/people/<int:pk>/data.zip", person.export, name="person_export"),
    path("curation/people/<int:pk>/erasure/", person.erasure, name="person_erasure"),
    path("curation/people/<int:pk>/state/", person.state, name="person_state"),
    path("curation/people/invitations/<int:pk>/withdrawal/", person.withdrawal, name="invitation_withdrawal"),
    path("curation/audit/", audit.index, name="audit"),
    path("curation/audit/audit.<slug:form>", audit.export, name="audit_export"),
    path("curation/anchors/", anchor.index, name="anchors"),
    path("curation/anchors/<int:number>.json", anchor.export, name="anchor_export"),
]

privacy = [
    path("curation/retention/", retention.show, name="retention"),
    path("curation/customers/", customer.index, name="customers"),
    path("curation/customers/<int:pk>/", customer.show, name="customer"),
    path("curation/customers/<int:pk>/data.zip", customer.export, name="customer_export"),
    path("curation/customers/<int:pk>/erasure/", customer.erasure, name="customer_erasure"),
]

urlpatterns = [*models, *articles, *rules, *macros, *mail, *correlation_rules, *work_rules, *people, *privacy]
