"""What the reader of rules objects to, in the language of the page; the engine itself speaks English."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# In the order in which they are tried; what stands in brackets is handed on as it is.
_SAID = (
    (r"(\S+) is missing", gettext_noop("%(1)s is missing")),
    (r"unknown key (.+); known are .+", gettext_noop("there is no key %(1)s in a rule")),
    (r"(\S+) must be a text that is not empty", gettext_noop("%(1)s must be a text that is not empty")),
    (r"(\S+) must be a list of texts", gettext_noop("%(1)s must be a list of texts")),
    (r"id must be words .+", gettext_noop("the name must be small words joined by hyphens, at least two")),
    (
        r"strength must be one of .+, not (.+)",
        gettext_noop("the strength must be sure, likely or hint, not %(1)s"),
    ),
    (
        r"beats names causes or families .+, not (.+)",
        gettext_noop("%(1)s is neither a cause nor a family such as rate.*"),
    ),
    (r"beats (.+), which is no cause", gettext_noop("there is no cause %(1)s to silence")),
    (r"asks names evidence fields, not (.+)", gettext_noop("%(1)s is no fact of the evidence")),
    (r"(\S+) needs at least one case", gettext_noop("%(1)s needs at least one case")),
    (r"(\S+): a case is a text .+", gettext_noop("a case is a text, or a text with its context")),
    (r"when must be .+", gettext_noop("conditions stand under all, any or none")),
    (
        r"when needs at least .+",
        gettext_noop("at least one condition must stand under “all” or “at least one”"),
    ),
    (r"unknown group (.+); .+", gettext_noop("there is no group %(1)s; there are all, any and none")),
    (r"(\S+) must be a list of conditions", gettext_noop("%(1)s must be a list of conditions")),
    (r"a condition is .+, not (.+)", gettext_noop("a condition is one signal with one test, not %(1)s")),
    (r"groups are nested too deeply", gettext_noop("groups are nested too deeply")),
    (r"unknown signal (.+)", gettext_noop("there is no signal %(1)s")),
    (r"(\S+) needs exactly one .+", gettext_noop("%(1)s needs exactly one test")),
    (r"(\S+) has an unknown op (.+); .+", gettext_noop("%(1)s: there is no test %(2)s")),
    (r"(\S+) (\S+): needs a number, not (.+)", gettext_noop("%(1)s needs a number, not %(3)s")),
    (r"(\S+) (\S+): needs two numbers, not (.+)", gettext_noop("%(1)s needs two numbers, not %(3)s")),
    (r"(\S+) (\S+): needs true or false, not (.+)", gettext_noop("%(1)s needs true or false, not %(3)s")),
    (r"(\S+) (\S+): needs a list, not (.+)", gettext_noop("%(1)s needs a list, not %(3)s")),
    (r"(\S+) (\S+): needs a text.* not (.+)", gettext_noop("%(1)s needs a text, not %(3)s")),
    (r"(\S+) (\S+): pattern (.+) matches the empty text", gettext_noop("the pattern %(3)s fits every text")),
    (r"(\S+) (\S+): pattern (.+): (.+)", gettext_noop("the pattern %(3)s cannot be used: %(4)s")),
    (r"unknown cause (.+)", gettext_noop("there is no cause %(1)s")),
    (r"(\S+) must be a mapping with en and zh", gettext_noop("%(1)s must be said in en and in zh")),
    (r"(\S+) has an unknown language (.+)", gettext_noop("%(1)s is said in en and zh, not in %(2)s")),
    (r"(\S+) holds no Chinese", gettext_noop("%(1)s holds no Chinese")),
    (r"key (.+) stands twice", gettext_noop("the key %(1)s stands twice")),
    (r"no rule is written here", gettext_noop("no rule is written here")),
    (r"a rule is a mapping .+", gettext_noop("a rule begins with its parts: id, cause, when and so on")),
    (r"aliases .+", gettext_noop("aliases (*) are not used here; write it out")),
    (
        r"does not fire on (.+): lacks (.+)",
        gettext_noop("it does not fire on its case %(1)s; it lacks %(2)s"),
    ),
    (r"fires on (.+): (.+)", gettext_noop("it fires on %(1)s, where it must keep quiet: %(2)s")),
)


def in_words(what: str) -> str:
    """As it was said, where it is none of these: what the YAML reader itself objects to."""
    for pattern, words in _SAID:
        found = re.fullmatch(pattern, what, re.DOTALL)
        if found:
            return _(words) % {str(at): part for at, part in enumerate(found.groups(), start=1)}
    return what
