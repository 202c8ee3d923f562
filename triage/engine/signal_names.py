"""The names a rule may test, beside the fields of the evidence: text views, facts, stories, context paths."""

from collections.abc import Mapping
from types import MappingProxyType

from .catalogue.stories import load_stories
from .context import PATHS
from .evidence import FIELDS
from .rule import TEXT_SIGNALS

DERIVED: Mapping[str, str] = MappingProxyType(
    {
        "fact.told_only": "true when the text holds no machine output at all",
        "fact.layers": "number of error envelopes found, one inside the other",
        "fact.wrapped": "true when the outer message only wraps another one",
        "fact.outer_success": "true when HTTP 200 or success stands outside and an error inside",
        "fact.outer_status": "HTTP status of the outermost error envelope",
        "fact.inner_status": "HTTP status of the innermost error envelope",
        "fact.gateway": "relay whose wording made or wrapped the error (new-api, one-api, litellm, …)",
        "fact.edge": "whose edge answered with its own page (cloudflare, nginx, …)",
        "fact.html_page": "true when an HTML page stands where an API answer was expected",
        "fact.own_host": "true when the address called is local, private or the customer's own proxy",
        "fact.key_shape": "vendor that the visible prefix of the masked key belongs to",
        "fact.key_host_mismatch": "true when a key of one vendor was sent to the host of another",
        "fact.base_url_problem": "what is wrong with the base URL (doubled_v1, full_path, missing_v1, …)",
        "fact.round_duration": "seconds, when the failure always comes after a round duration",
        "fact.hops": "number of request ids in the chain of relays",
        "fact.model_offered": "whether the model read is in context.models; absent when either is unknown",
        "fact.model_granted": "whether the model read is in context.key.models; absent when unknown",
        "fact.length": "number of characters of the text",
        "fact.suspected": "causes that rules reading the error itself speak for; unknown where none does",
    }
)


def is_signal(name: str) -> bool:
    if name.startswith("context."):
        return name.removeprefix("context.") in PATHS
    return name in FIELDS or name in TEXT_SIGNALS or name in DERIVED or name in load_stories()
