"""The product's settings under test: secrets of no worth, a quick password hash, a database per process.

SQLite without Redis, or what TEST_DATABASE_URL and TEST_REDIS_URL name.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="triage-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ.update(
    DEBUG="false",
    TRIAGE_DATA_DIR=str(_folder),
    TRIAGE_SECRET_KEY="no secret, only for tests, long enough",
    TRIAGE_PEPPER="no pepper, only for tests, long enough",
    TRIAGE_SIGNING_KEY="no signing key, only for tests, long enough",
    TRIAGE_BASE_URL="",
    TRIAGE_HTTPS="false",
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", ""),
    REDIS_URL=os.environ.get("TEST_REDIS_URL", ""),
    REDIS_PREFIX=f"triage-test-{os.getpid()}",
    TRIAGE_SCANNER="",
    LOG_LEVEL="WARNING",
)

from triage.settings import *  # noqa: E402, F403
from triage.settings import CACHES, DATABASES, STORAGES  # noqa: E402

DATABASES["default"]["TEST"] = {
    "NAME": f"triage_test_{os.getpid()}"
    if os.environ["DATABASE_URL"]
    else str(_folder / "test.sqlite3")  # a file, as in the product: threads and processes share it
}
CACHES["default"]["KEY_FUNCTION"] = "tests.plumbing.cache_key"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
RAIL_SECONDS = 0  # tests look at once
