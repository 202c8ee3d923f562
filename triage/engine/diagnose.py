"""From rule results to a diagnosis: the cause that carries, how sure it is, and what would settle a doubt."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from .catalogue import Catalogue
from .catalogue.stories import load_stories
from .evaluate import RuleResult
from .evidence import Evidence
from .lean import TOLD_ALIKE, lean, shares_of
from .resemblance import likeness_of
from .rule import Strength
from .runners_up import runners_up
from .settle import missing_fields, settle
from .signals import Signals
from .verdict import Cause, Diagnosis, FiredRule, NearRule, Verdict
from .weigh import MOST_WITHOUT_SURE, UNKNOWN, Weighed, reads_told, silence, weigh

TOO_WEAK = 0.3  # below this a cause is a guess
TOO_CLOSE = 0.08  # two causes on different sides this near to each other are undecided
OPPOSITION = 0.5  # share of a contrary cause's weight that is taken off the confidence
A_STORY = 0.4  # what a story weighs that speaks for the other side
NOTHING_READ = 0.4  # confidence of `needs_evidence` when no rule spoke


def decide(
    signals: Signals,
    evidence: Evidence,
    results: Sequence[RuleResult],
    catalogue: Catalogue,
    rule_set: str,
    *,
    cut: bool = False,
) -> Diagnosis:
    fired, chosen, confidence = conclude(signals, results, catalogue)
    likeness = likeness_of(signals.unsupposed)
    guess = next((rule for rule in fired if rule.id == TOLD_ALIKE), None)
    asks = _asks(results, fired)
    told_only = signals.values.get("fact.told_only") is True
    doubtful = guess is not None or chosen.verdict is Verdict.NEEDS_EVIDENCE
    known = {name for name in signals.values if "." not in name}
    return Diagnosis(
        verdict=chosen.verdict,
        cause=chosen,
        confidence=confidence,
        alternatives=runners_up(
            chosen,
            fired,
            catalogue.lookalikes,
            shares_of(weigh(rule for rule in fired if not rule.silenced_by), likeness, catalogue.causes),
            catalogue.causes,
        ),
        evidence=evidence,
        fired=fired,
        nearly=_nearly(results),
        missing=missing_fields(
            asks,
            dict.fromkeys(known),
            doubtful=doubtful,
            incident=chosen.verdict is Verdict.PROVIDER_INCIDENT,
            told_only=told_only,
        ),
        settle=settle(asks, dict.fromkeys(known), told_only=told_only) if doubtful else None,
        redacted_text=signals.raw,
        rule_set=rule_set,
        cut=cut,
    )


def conclude(
    signals: Signals, results: Iterable[RuleResult], catalogue: Catalogue
) -> tuple[tuple[FiredRule, ...], Cause, float]:
    """The rules that fired with who silenced whom, the cause that carries, and how sure it is. Where no rule settles
    it, the words of the text have a say.
    """
    spoken = [result for result in results if result.fired and result.rule.cause in catalogue.causes]
    fired = silence(spoken)
    weighed = weigh(rule for rule in fired if not rule.silenced_by)
    cause, confidence = choose(weighed, catalogue.causes, fired, _sides(signals))
    if _is_settled(cause, weighed, fired, spoken):
        return fired, cause, confidence
    leaning = lean(cause.slug, weighed, likeness_of(signals.unsupposed), catalogue.causes, _refuted(fired))
    if leaning is None or leaning.cause == cause.slug:
        return fired, cause, confidence
    return leaning.among(fired, signals.raw), catalogue.causes[leaning.cause], leaning.confidence


def _refuted(fired: Iterable[FiredRule]) -> frozenset[str]:
    """Causes that a rule spoke for as more than a hint, and other rules silenced."""
    silenced = {rule.cause for rule in fired if rule.silenced_by and rule.weight > Strength.HINT.weight}
    return frozenset(silenced - {rule.cause for rule in fired if not rule.silenced_by} - {UNKNOWN})


def _is_settled(
    cause: Cause, weighed: Sequence[Weighed], fired: Iterable[FiredRule], spoken: Iterable[RuleResult]
) -> bool:
    """By a rule that is sure of it, reads what was looked up, or was put before the built-in ones by an admin. Where
    sure rules contradict each other, more evidence settles it and no words do.
    """
    if weighed and weighed[0].weight >= Strength.SURE.weight:
        return True
    if cause.slug == UNKNOWN:
        return False
    ahead = {result.rule.id for result in spoken if result.rule.rank > 0}
    speaking = (rule for rule in fired if rule.cause == cause.slug and not rule.silenced_by)
    return any(
        rule.id in ahead or any(reason.signal.startswith("context.") for reason in rule.reasons)
        for rule in speaking
    )


def choose(
    weighed: Sequence[Weighed],
    causes: Mapping[str, Cause],
    fired: Iterable[FiredRule] = (),
    told_for: Collection[Verdict] = (),
) -> tuple[Cause, float]:
    """The cause that carries, and the confidence in its verdict; `unknown` where two sides stay close.

    Sure (0.8 and more) takes rules of strength `sure` that stand on two grounds in the error or the context, no
    standing rule of the other side worth mentioning, and nothing in the customer's own words that speaks for the other
    side: what people tell may be outspoken by the error, yet it keeps the verdict from being called sure.
    """
    if not weighed or weighed[0].weight < TOO_WEAK:
        return causes[UNKNOWN], NOTHING_READ
    best = weighed[0]
    verdict = causes[best.cause].verdict
    contrary = max(
        (each.weight for each in weighed if causes[each.cause].verdict is not verdict), default=0.0
    )
    if best.weight - contrary < TOO_CLOSE:
        return causes[UNKNOWN], NOTHING_READ
    contrary = max(contrary, _told_against(verdict, causes, fired))
    if any(side is not verdict for side in told_for):
        contrary = max(contrary, A_STORY)
    confidence = round(best.weight * (1 - OPPOSITION * contrary), 3)
    return causes[best.cause], confidence if best.is_grounded else min(confidence, MOST_WITHOUT_SURE)


def _told_against(verdict: Verdict, causes: Mapping[str, Cause], fired: Iterable[FiredRule]) -> float:
    """The most that the customer's words weigh for the other side, silenced by the error's words or not."""
    return max(
        (
            rule.weight
            for rule in fired
            if reads_told(rule) and causes[rule.cause].verdict not in (verdict, Verdict.NEEDS_EVIDENCE)
        ),
        default=0.0,
    )


def _sides(signals: Signals) -> frozenset[Verdict]:
    """The verdicts that stories heard speak for."""
    heard = (story for signal, story in load_stories().items() if signal in signals.values)
    return frozenset(story.speaks_for for story in heard if story.speaks_for is not None)


def _nearly(results: Iterable[RuleResult]) -> tuple[NearRule, ...]:
    return tuple(
        NearRule(result.rule.id, result.rule.cause, result.rule.because, result.held, result.lacked)
        for result in results
        if not result.fired and result.held
    )


def _asks(results: Iterable[RuleResult], fired: Sequence[FiredRule]) -> tuple[str, ...]:
    """What the rules that stand would ask for, the heaviest rule first."""
    asked = {result.rule.id: result.rule.asks for result in results if result.fired}
    standing = [rule.id for rule in fired if not rule.silenced_by]
    return tuple(dict.fromkeys(field for rule in standing for field in asked.get(rule, ())))
