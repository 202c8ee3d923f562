from tickets.services.correlation.baseline import LAG, PER_HOUR, Baseline


def test_what_was_never_seen_is_expected_the_less_the_longer_it_was_watched():
    short, long = Baseline(0, 6), Baseline(0, 60)

    assert short.per_block(6) > long.per_block(60) > 0


def test_it_comes_to_expect_what_it_sees():
    baseline = Baseline(0, 0)
    for block in range(60):
        baseline.add(block, 10)

    assert 10 < baseline.per_block(60 + LAG) < 15


def test_what_begins_now_is_not_yet_usual():
    baseline = Baseline(0, 60)
    for block in (60, 61):
        baseline.add(block, 500)

    assert baseline.per_block(61) < 1


def test_what_was_usual_before_is_remembered():
    baseline = Baseline(0, 0)
    before = baseline.per_block(40)
    for block in range(40, 46):
        baseline.add(block, 30)
        baseline.per_block(block + LAG)

    assert baseline.per_block_before(41) == before < baseline.per_block(47)
    assert baseline.per_block_before(10) == before


def test_a_covered_block_does_not_lower_what_is_expected():
    baseline = Baseline(0, 0)
    for block in range(60):
        baseline.add(block, 20)
    before = baseline.per_block(60 + LAG)
    for block in range(60 + LAG, 72):
        baseline.add(block, 0, growth=1.0)

    assert baseline.per_block(72 + LAG) > before * 0.8


def test_a_peak_is_expected_again_at_its_hour_of_the_day_only():
    baseline = Baseline(0, 0)
    night = 2 * PER_HOUR
    for block in range(night, night + PER_HOUR):
        baseline.add(block, 100)
    baseline.add(night + PER_HOUR, 1)
    tomorrow = night + 24 * PER_HOUR

    assert baseline.per_block(tomorrow - 3 * PER_HOUR) < 5
    assert baseline.per_block(tomorrow) > 60


def test_under_an_incident_the_usual_grows_with_the_day():
    baseline = Baseline(0, 0)
    for block in range(60):
        baseline.add(block, 20)
    before = baseline.per_block(60 + LAG)
    for block in range(60 + LAG, 72):
        baseline.add(block, 0, growth=1.05)

    assert baseline.per_block(72 + LAG) > before * 1.3
