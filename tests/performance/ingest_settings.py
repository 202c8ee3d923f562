"""The product's settings, with the bare view beside the product's addresses."""

from triage.settings import *  # noqa: F403

ROOT_URLCONF = "tests.performance.ingest_urls"
FAILURES_PER_MINUTE = 1_000_000_000
