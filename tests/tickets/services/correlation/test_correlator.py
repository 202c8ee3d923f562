"""What is opened and what is not, on an hour or two in which little else happens."""

from collections.abc import Iterator
from random import Random

from tickets.services.correlation import Correlator, Opening, Place, Thresholds

START = 1_770_000_000 // 3600 * 3600
OWN = "00000000000000aa"
BUSY = "00000000000000bb"
OTHER = "00000000000000cc"
Failure = tuple[float, str, str, str | None, str, str]


def test_a_provider_that_fails_for_many_is_opened_within_three_minutes():
    (opening,) = replayed(ground(60), outage(40, 15))

    assert opening.place == Place("openai", None, None, BUSY)
    assert 0 < opening.at - START - 40 * 60 < 180
    assert opening.accounts >= 7
    assert opening.counted > opening.expected


def test_the_smallest_that_counts_is_found_as_well():
    (opening,) = replayed(ground(60), outage(40, 15, per_minute=8, accounts=14))

    assert opening.at - START - 40 * 60 < 240


def test_it_is_about_one_model_where_the_others_are_spared():
    (opening,) = replayed(ground(60), outage(40, 15, models=["gpt-4"]))

    assert opening.place == Place("openai", "gpt-4", None, BUSY)


def test_it_is_about_one_route_where_the_others_are_spared():
    (opening,) = replayed(ground(60), outage(40, 15, routes=["eu"]))

    assert opening.place == Place("openai", None, "eu", BUSY)


def test_several_errors_of_one_cause_are_one_incident():
    mixed = merged(outage(40, 20), outage(40, 20, error=OTHER, seed=9))

    (opening,) = replayed(ground(80), mixed)

    assert opening.place.provider == "openai"


def test_what_comes_and_goes_is_one_incident():
    flapping = merged(*(outage(40 + 9 * turn, 4, seed=turn) for turn in range(6)))

    assert len(replayed(ground(100), flapping)) == 1


def test_what_comes_back_hours_later_is_a_new_one():
    assert len(replayed(ground(200), merged(outage(40, 20), outage(150, 20)))) == 2


def test_a_noisy_account_opens_nothing():
    assert replayed(ground(80), outage(40, 30, per_minute=300, accounts=1)) == []


def test_a_few_accounts_that_retry_without_end_open_nothing():
    assert replayed(ground(80), outage(40, 30, per_minute=300, accounts=5)) == []


def test_a_short_blip_opens_nothing():
    assert replayed(ground(60), outage(40, 1.5, per_minute=400, accounts=200)) == []


def test_a_blip_of_the_whole_gateway_opens_nothing():
    blip = merged(
        *(
            outage(40, 2, provider=provider, accounts=200, seed=at)
            for at, provider in enumerate(("openai", "google", "xai", "qwen"))
        )
    )

    assert replayed(ground(60), blip) == []


def test_an_outage_of_the_whole_gateway_is_one_incident():
    outages = merged(
        *(
            outage(40, 30, provider=provider, accounts=100, seed=at)
            for at, provider in enumerate(("openai", "google", "xai", "qwen"))
        )
    )

    (opening,) = replayed(ground(80), outages)

    assert opening.place == Place(fingerprint=BUSY)


def test_customers_own_errors_need_more_accounts():
    few = outage(40, 20, error=OWN, accounts=11)
    many = outage(40, 20, error=OWN, accounts=60, per_minute=60)

    assert replayed(ground(70), few) == []
    assert len(replayed(ground(70), many)) == 1


def test_floors_are_the_operators_own():
    outage_ = list(outage(40, 20, accounts=14))

    assert replayed(ground(70), iter(outage_), Thresholds(accounts=20)) == []
    assert replayed(ground(70), iter(outage_), Thresholds(failures=5000)) == []


def test_what_comes_at_this_hour_every_day_is_usual():
    nights = [outage(24 * 60 * day + 150, 20, accounts=6, seed=day) for day in range(2)]
    third = list(outage(24 * 60 * 2 + 150, 20, accounts=9, seed=2))
    minutes = 24 * 60 * 2 + 200

    assert replayed(ground(minutes, per_minute=3), merged(*nights, iter(third))) == []
    assert len(replayed(ground(minutes, per_minute=3), iter(third))) == 1


def test_what_is_weak_amid_the_same_error_is_found_when_it_goes_on():
    weak = merged(*(outage(90 + 8 * turn, 6, per_minute=6, accounts=80, seed=turn) for turn in range(8)))

    (opening,) = replayed(merged(ground(160), passing(160)), weak)

    assert opening.place == Place("openai", None, None, BUSY)
    assert opening.at - START < (90 + 40) * 60
    assert opening.window == 1800


def test_the_rhythm_of_the_day_opens_nothing():
    assert replayed(merged(ground(600), passing(600, grows=8.0)), iter(())) == []


def replayed(
    ground: Iterator[Failure], trouble: Iterator[Failure], thresholds: Thresholds | None = None
) -> list[Opening]:
    correlator = Correlator(thresholds or Thresholds(), OWN.__eq__)
    openings = []
    for failure in merged(ground, trouble):
        openings += correlator.add(*failure)
    return openings + correlator.end()


def merged(*parts: Iterator[Failure]) -> Iterator[Failure]:
    yield from sorted((failure for part in parts for failure in part), key=lambda failure: failure[0])


def ground(minutes: int, *, per_minute: int = 40) -> Iterator[Failure]:
    draw = Random(1)
    for at in range(minutes * per_minute):
        account = int(draw.random() ** 2 * 400)
        provider = ("openai", "google", "xai", "qwen")[account % 4]
        model = f"{'gpt' if provider == 'openai' else provider}-{account % 3 + 3}"
        yield (START + at * 60 / per_minute, provider, model, draw.choice(("eu", "us")), OWN, f"a{account}")


def outage(
    start: float,
    minutes: float,
    *,
    provider: str = "openai",
    models: list[str] | None = None,
    routes: list[str] | None = None,
    per_minute: int = 40,
    accounts: int = 30,
    error: str = BUSY,
    seed: int = 0,
) -> Iterator[Failure]:
    draw = Random(seed)
    names = models or [f"{'gpt' if provider == 'openai' else provider}-{at}" for at in (3, 4, 5)]
    for at in range(int(minutes * per_minute)):
        yield (
            START + (start + at / per_minute) * 60,
            provider,
            draw.choice(names),
            draw.choice(routes or ["eu", "us"]),
            error,
            f"a{draw.randrange(accounts)}",
        )


def passing(minutes: int, *, grows: float = 1.0) -> Iterator[Failure]:
    """One error that is nobody's own, three times a minute at each provider; `grows` times as often in the end."""
    draw = Random(2)
    for minute in range(minutes):
        for provider in ("openai", "google", "xai", "qwen"):
            for _ in range(sum(draw.random() < 0.3 for _ in range(round(10 * grows ** (minute / minutes))))):
                name = f"{'gpt' if provider == 'openai' else provider}-{draw.randrange(3) + 3}"
                account = f"a{int(draw.random() ** 2 * 2000)}"
                yield (
                    START + (minute + draw.random()) * 60,
                    provider,
                    name,
                    draw.choice(("eu", "us")),
                    BUSY,
                    account,
                )
