"""All settings, from the environment. Production is the default; docs/operations.md has the table."""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from triage import environment, production
from triage.limit import Limit
from triage.logs import logging_config
from triage.role_claims import ROLES, roles_in

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("TRIAGE_DATA_DIR", str(BASE_DIR / "data")))

DEBUG = environment.flag("DEBUG", False)
SECRET_KEY = environment.secret("TRIAGE_SECRET_KEY", DATA_DIR / "secret-key")
# What earlier keys signed and sealed still counts: docs/operations.md, "Changing the keys".
SECRET_KEY_FALLBACKS = environment.earlier_secrets("TRIAGE_SECRET_KEY", DATA_DIR / "secret-key")
# Keys the fingerprints that stand for API keys. Losing it makes old fingerprints match nothing new.
PEPPER = environment.secret("TRIAGE_PEPPER", DATA_DIR / "pepper").encode()
PEPPERS_BEFORE = tuple(
    one.encode() for one in environment.earlier_secrets("TRIAGE_PEPPER", DATA_DIR / "pepper")
)

# Signs bundles of evidence; the public key that fits it stands at /.well-known/triage-desk-key.json.
SIGNING_KEY = environment.secret("TRIAGE_SIGNING_KEY", DATA_DIR / "signing-key")
# Public keys, in hex, of bundles that were signed earlier. Of the secrets nothing is needed any more.
SIGNED_BEFORE = environment.earlier_secrets("TRIAGE_SIGNING_KEY", DATA_DIR / "signing-key")

# What pasted request bodies say to a model: left out of what is stored, unless this is set. Roles and sizes stay.
KEEP_REQUEST_CONTENTS = environment.flag("KEEP_REQUEST_CONTENTS", False)

# Where the desk is reached
HOST = environment.text("TRIAGE_HOST", "127.0.0.1")
PORT = environment.number("PORT", 8000)
BASE_URL = environment.web_address("TRIAGE_BASE_URL") or f"http://127.0.0.1:{PORT}"
HTTPS = environment.flag("TRIAGE_HTTPS", BASE_URL.startswith("https://"))
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    urlsplit(BASE_URL).hostname or "127.0.0.1",
    *environment.words("ALLOWED_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
WEB_PROCESSES = environment.number("WEB_PROCESSES", 1)
WEB_THREADS = environment.number("WEB_THREADS", 8)
WORKER_PROCESSES = environment.number("WORKER_PROCESSES", 2)
PUBLIC = HTTPS or production.is_public(BASE_URL)
DEMO = environment.flag("DEMO", not PUBLIC)
if PUBLIC:
    production.refuse_unfit(
        debug=DEBUG,
        demo=DEMO,
        secrets={
            "TRIAGE_SECRET_KEY": SECRET_KEY,
            "TRIAGE_PEPPER": PEPPER.decode(),
            "TRIAGE_SIGNING_KEY": SIGNING_KEY,
        },
    )

INSTALLED_APPS = [
    "tickets",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",  # the loaders are written out below
]
MIDDLEWARE = [
    "triage.headers.browser_rules",
    "triage.visitor.remember_address",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tickets.idle.EndIdle",
    "tickets.middleware.person_locale",
    "tickets.middleware.PossibleAddress",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "triage.urls"
WSGI_APPLICATION = "triage.wsgi.application"
ASGI_APPLICATION = "triage.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_from_files = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _from_files if DEBUG else [("django.template.loaders.cached.Loader", _from_files)],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "libraries": {"i18n": "tickets.templatetags.kept"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "tickets.templatetags.jinja.environment"},
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"  # a field in a third of the time

# Storage
DATABASES = {
    "default": environment.database(
        "DATABASE_URL", embedded=DATA_DIR / "triage.sqlite3", connections=WEB_THREADS + 2
    )
}
REDIS_URL = environment.text("REDIS_URL")
REDIS_PREFIX = environment.text("REDIS_PREFIX", "triage")  # tells desks apart that share one Redis
CACHES = {
    "default": {
        "BACKEND": "triage.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": REDIS_PREFIX,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # counters of limits must outlive a flood
    }
}
RAIL_SECONDS = 5  # the counts beside a page may be that old; open pages ask for them as often
# How long a worker may hold one job before another may take it over, and how often idle workers look.
OUTBOX_LEASE_SECONDS = environment.number("OUTBOX_LEASE_SECONDS", 60)
OUTBOX_SWEEP_SECONDS = environment.number("OUTBOX_SWEEP_SECONDS", 5)

# Failures that gateways report: how long rows and minute counters are kept, and how many one token may send.
FAILURE_DAYS = environment.number("FAILURE_DAYS", 14)
FAILURE_COUNT_DAYS = environment.number("FAILURE_COUNT_DAYS", 400)
FAILURES_PER_MINUTE = environment.number("FAILURES_PER_MINUTE", 1_000_000)

# Where the daily anchor over all evidence chains is told to, so that a copy stands outside of the desk.
ANCHOR_MAIL_TO = environment.words("ANCHOR_MAIL_TO")
ANCHOR_POST_URL = environment.text("ANCHOR_POST_URL")

# A pasted text of 5 MB fits, also percent-encoded; more is refused with a page that says so.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "triage.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Who looks into files from outside before they are taken; see tickets/services/scanner.py.
SCANNER = environment.scanner("TRIAGE_SCANNER")
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("TRIAGE_STATIC_ROOT", str(BASE_DIR / "static-collected")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "triage.static_files.HashedStaticFiles"
    },
}
MEDIA_ROOT = DATA_DIR / "files"
WHITENOISE_USE_FINDERS = DEBUG

# People
AUTH_USER_MODEL = "tickets.Person"
AUTHENTICATION_BACKENDS = ["tickets.signing_in.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Of Have I Been Pwned: free, without a key. A desk on loopback, which may have no way out, asks nobody.
BREACH_SERVICE = "https://api.pwnedpasswords.com/range" if PUBLIC else ""
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "triage.passwords.NotBreached",
        "OPTIONS": {
            "path": environment.text("PASSWORD_BREACH_LIST"),
            "url": environment.text("PASSWORD_BREACH_URL", BREACH_SERVICE),
        },
    },
]
ACCOUNT_ADAPTER = "triage.accounts.DeskAccounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an admin opens accounts and vouches for the address
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "inbox"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# How many proxies of ours stand before the desk: so many ends of X-Forwarded-For are believed.
PROXIES = environment.number("TRIAGE_PROXIES", 0, at_least=0)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
# Failed attempts per address of the network, and per account; see triage/accounts.py for whom the second spares.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,6/5m/key"}
MFA_ADAPTER = "triage.second_factor.DeskFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half a minute of a clock that goes wrong
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an admin vouches for the address
# Browsers allow keys on plain http for localhost alone, whatever we say here.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# How often one address (a token, all together) may knock at a door, in so many seconds; see triage/limits.py.
LIMITS = {
    "judge": Limit(environment.number("LIMIT_JUDGE", 120), 600),
    "report": Limit(environment.number("LIMIT_REPORT", 30), 600),
    "reports": Limit(environment.number("LIMIT_REPORTS", 1200), 600),
    "follow_up": Limit(environment.number("LIMIT_FOLLOW_UP", 60), 600),
    "tool": Limit(environment.number("LIMIT_TOOL", 240), 600),
    "api": Limit(environment.number("LIMIT_API", 6000), 60),
    "api_unknown": Limit(environment.number("LIMIT_API_UNKNOWN", 60), 60),
}
# Single sign-on at an OpenID provider; see triage/single_sign_on.py for who comes in as what.
OIDC_ISSUER = environment.text("OIDC_ISSUER").rstrip("/")
# Where the button's form leads in the end; browsers hold redirects of a form against the policy.
OIDC_ORIGINS = environment.words("OIDC_ORIGINS") or ([OIDC_ISSUER] if OIDC_ISSUER else [])
OIDC_ROLE_CLAIM = environment.text("OIDC_ROLE_CLAIM", "groups")
OIDC_ROLES = roles_in("OIDC_ROLES", environment.words("OIDC_ROLES"))
OIDC_DEFAULT_ROLE = environment.choice("OIDC_DEFAULT_ROLE", ("", *ROLES))
SOCIALACCOUNT_ADAPTER = "triage.single_sign_on.DeskSingleSignOn"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "sso",
            "name": "Single sign-on",
            "client_id": environment.text("OIDC_CLIENT_ID"),
            "secret": environment.text_or_file("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_ISSUER},
        }
    ]
SESSION_ENGINE = "tickets.signing_in"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_IDLE_SECONDS = environment.number("TRIAGE_IDLE_HOURS", 24) * 3600

# What a browser is told
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGINS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # the address of a follow-up page is its key
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
if HTTPS:  # a browser takes these names from this host alone, over TLS alone, for all of it
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
CSRF_FAILURE_VIEW = "tickets.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
# A call of the API is refused over plain http, not sent on: its token would go readable twice. See api/auth.py.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^api/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("TRIAGE_HSTS_SUBDOMAINS", False)
# Other hosts of the domain are not ours to decide about: the operator says so in TRIAGE_HSTS_SUBDOMAINS. That a library
# has the name of one of Django's is meant: see TEMPLATES.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "templates.W003"]

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Mail
globals().update(environment.mail("EMAIL_URL", kept_in=DATA_DIR / "mail"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("TRIAGE_FROM_EMAIL", "Triage desk <desk@localhost>")
MAILBOX = environment.mailbox("IMAP_URL")
# The address at which mail comes in. Answers go to it with the ticket's mark before the @ (desk+12.…@).
INBOUND_ADDRESS = environment.text("TRIAGE_MAIL_ADDRESS") or (
    parseaddr(DEFAULT_FROM_EMAIL)[1] if MAILBOX else ""
)
MAIL_PER_SENDER = environment.number("MAIL_PER_SENDER", 20)  # within an hour; more is ignored, and told
MAIL_PER_TICKET = environment.number("MAIL_PER_TICKET", 30)
MAIL_QUOTE = environment.flag("MAIL_QUOTE", True)
MAIL_FETCH_SECONDS = environment.number("MAIL_FETCH_SECONDS", 60)

LOGGING_CONFIG = "triage.logs.configure"
LOGGING = logging_config(
    level=environment.text("LOG_LEVEL", "INFO").upper(),
    as_json=environment.flag("LOG_JSON", False),
    pepper=PEPPER,
)
