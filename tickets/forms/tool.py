"""The forms of the public tools. What is typed is answered and forgotten."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.forms.report import PastedText
from triage.engine.doctors.backoff import LONGEST_FIRST_WAIT
from triage.engine.text import MAX_CHARS

CODE = {"spellcheck": "false", "autocomplete": "off", "autocapitalize": "off"}
CLIENTS: tuple[tuple[str, str | Promise], ...] = (
    ("", _("another one, or I do not know")),
    ("openai", _("OpenAI library (Python, JavaScript)")),
    ("claude code", "Claude Code"),
    ("anthropic", _("Anthropic library")),
    ("cherry studio", "Cherry Studio"),
    ("chatbox", "Chatbox"),
    ("nextchat", "NextChat"),
    ("lobechat", "LobeChat"),
    ("open webui", "Open WebUI"),
    ("dify", "Dify"),
    ("cline", "Cline"),
    ("cursor", "Cursor"),
    ("codex", "Codex"),
    ("langchain", "LangChain"),
    ("n8n", "n8n"),
    ("沉浸式翻译", _("Immersive Translate")),
    ("curl", _("curl, or my own program with the whole address")),
)
# What the smallest request asks for, with the path that it goes to.
KINDS: Mapping[str, str] = {
    "chat": "/v1/chat/completions",
    "messages": "/v1/messages",
    "responses": "/v1/responses",
    "embeddings": "/v1/embeddings",
    "video": "/v1/video/generations",
}


class RequestForm(forms.Form):
    """A JSON body, a curl command or a raw HTTP request."""

    text = PastedText(
        label=_("Your request"),
        strip=False,
        max_length=MAX_CHARS,
        widget=forms.Textarea(attrs={"rows": 12, **CODE}),
        error_messages={
            "required": _("Paste the body of a request, or the whole curl command."),
            "max_length": _(
                "This has %(show_value)d characters; up to %(limit_value)d can be checked. "
                "Leave out images and files, and shorten long texts: only their form is checked."
            ),
        },
    )


class BaseUrlForm(forms.Form):
    url = PastedText(
        label=_("Base URL"),
        max_length=2_000,
        widget=forms.TextInput(
            attrs={"placeholder": "https://gateway.example/v1", "inputmode": "url", **CODE}
        ),
        error_messages={"required": _("Write the address as it stands in your client.")},
    )
    client = forms.ChoiceField(label=_("Program"), choices=CLIENTS, required=False)
    endpoint = PastedText(
        label=_("Path in the error"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"placeholder": "/v1/v1/chat/completions", **CODE}),
    )
    in_container = forms.BooleanField(label=_("The program runs in a container"), required=False)


class ModelNameForm(forms.Form):
    name = PastedText(
        label=_("Model name, as you send it"),
        strip=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "gpt4o-mini", **CODE}),
        error_messages={"required": _("Write the model name as it stands in your request.")},
    )


class SafeRequestForm(forms.Form):
    """All may stay empty: then the commands name what is to be put in."""

    base_url = PastedText(
        label=_("Base URL"),
        required=False,
        max_length=2_000,
        widget=forms.TextInput(
            attrs={"placeholder": "https://gateway.example/v1", "inputmode": "url", **CODE}
        ),
    )
    model = PastedText(
        label=_("Model"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"placeholder": "gpt-4o-mini", **CODE}),
    )
    kind = forms.ChoiceField(
        label=_("What fails"),
        choices=[
            ("chat", _("Chat")),
            ("messages", _("Messages (Anthropic format)")),
            ("responses", _("Responses")),
            ("embeddings", _("Embeddings")),
            ("video", _("Image, video or audio task")),
        ],
        initial="chat",
    )
    task_id = PastedText(
        label=_("Task id"), required=False, max_length=128, widget=forms.TextInput(attrs=CODE)
    )
    stream = forms.BooleanField(label=_("It is streamed"), required=False)

    @property
    def values(self) -> dict[str, Any]:
        """Evidence as the doctor reads it."""
        data = self.cleaned_data
        told = {"model": data["model"], "task_id": data["task_id"], "stream": data["stream"]}
        return {
            "endpoint": KINDS[data["kind"]],
            "request_type": data["kind"],
            **{name: value for name, value in told.items() if value},
        }


class PacingForm(forms.Form):
    """The first pause; in the address, so that an answer can link to it."""

    wait = forms.IntegerField(
        label=_("The server asks to wait, in seconds"),
        required=False,
        min_value=0,
        max_value=31 * 86_400,
        widget=forms.NumberInput(attrs={"placeholder": "1", "inputmode": "numeric"}),
    )

    @property
    def seconds(self) -> int | None:
        wait: int | None = self.cleaned_data.get("wait") if self.is_valid() else None
        return wait

    @property
    def is_too_long(self) -> bool:
        return (self.seconds or 0) > LONGEST_FIRST_WAIT


class RefusalForm(forms.Form):
    """The answer with the 429, to tell whose limit it is."""

    text = PastedText(
        label=_("The whole answer, with its headers if you have them"),
        strip=False,
        max_length=MAX_CHARS,
        widget=forms.Textarea(attrs={"rows": 6, **CODE}),
        error_messages={"required": _("Paste the answer that refused the request.")},
    )
