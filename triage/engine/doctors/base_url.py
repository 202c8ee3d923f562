"""Reads one base URL as a customer wrote it and gives the line to put in its place."""

from dataclasses import dataclass

from ..verdict import Words
from .base_url_steps import STEPS, told_by_path
from .base_url_words import UrlProblem, explain
from .client_forms import form_of
from .provider_hosts import PAY_AS_YOU_GO, PLAN_TWINS
from .url_address import Asked, path_of, split
from .url_text import lift


@dataclass(frozen=True, slots=True)
class BaseUrlAdvice:
    """`problem` is "" where nothing is wrong. `corrected` is "" where no correct line can be known.

    `problems` lists all that were put right, in the order found; `twin` is the same provider's address for
    its other plan (coding plan against pay as you go), "" where there is none.
    """

    problem: UrlProblem
    corrected: str
    explanation: Words
    problems: tuple[UrlProblem, ...] = ()
    twin: str = ""


def check_base_url(
    url: str,
    *,
    endpoint: str | None = None,
    client: str | None = None,
    key: str | None = None,
    model: str | None = None,
    in_container: bool = False,
) -> BaseUrlAdvice:
    """Never raises. `endpoint` is the path that was called or is wanted; of `key` only the prefix is read.

    With an empty `url` the called path alone is judged, and nothing can be corrected.
    """
    called = path_of(endpoint)
    asked = Asked(called, form_of(client, called), key or "", model or "", in_container)
    if not url.strip():
        problem = told_by_path(called)
        return _advice([problem] if problem else [], "")
    lifted = lift(url)
    address = split(lifted.url) if lifted else None
    if lifted is None or address is None:
        return _advice([UrlProblem.NOT_A_URL], "")
    problems = list(lifted.problems)
    for step in STEPS:
        address, problem = step(address, asked)
        if problem and problem not in problems:
            problems.append(problem)
    return _advice(problems, "" if UrlProblem.DOCS_PAGE in problems else str(address))


def _advice(problems: list[UrlProblem], corrected: str) -> BaseUrlAdvice:
    found = tuple(problems)
    twin = PLAN_TWINS.get(corrected) or PAY_AS_YOU_GO.get(corrected, "")
    return BaseUrlAdvice(
        problem=found[0] if found else UrlProblem.NONE,
        corrected=corrected,
        explanation=explain(found, corrected, twin=twin),
        problems=found,
        twin=twin,
    )
