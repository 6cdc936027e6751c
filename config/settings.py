"""Django's settings. What differs between sites comes from `config.env`."""

import secrets

import django_stubs_ext
from csp.constants import NONE, SELF

from alongside.foundation.accounts.rules.keys import derive_keys
from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import LimitCode
from alongside.foundation.gateways.identity_provider import read_providers
from alongside.foundation.gateways.installation import Connection, read_connections
from alongside.foundation.gateways.messages import read_senders
from alongside.foundation.gateways.secrets_file import read_secrets
from config.env import PROJECT, read_env

# Lets annotations such as `models.UUIDField[UUID, UUID]` be evaluated.
django_stubs_ext.monkeypatch()

ENV = read_env()
INSTALLATION = ENV.installation
ANCHORS = ENV.anchors
SECRETS = read_secrets(INSTALLATION.home)

# Before set-up there is no key; a passing one lets the code be checked.
SECRET_KEY = SECRETS.django_key if SECRETS else secrets.token_urlsafe(48)
DEBUG = ENV.debug
ALLOWED_HOSTS = list(ENV.allowed_hosts)
# Says on every page that the people are invented.
PRACTICE = not ENV.production
FEED_MAX_BYTES = ENV.feed_max_bytes
CONTEXT_KEYS = SECRETS.context_keys if SECRETS else {}
AREA_MASTER_KEY = SECRETS.area_master_key if SECRETS else b""
SIGN_IN_KEYS = derive_keys(AREA_MASTER_KEY)
IDENTITY_PROVIDERS = read_providers(INSTALLATION.home)
MESSAGE_SENDERS = read_senders(INSTALLATION.home)
PROXIES = ENV.proxies
PRACTICE_SECOND_FACTOR = ENV.practice_second_factor

USE_TZ = True
TIME_ZONE = ENV.time_zone
LANGUAGE_CODE = "en-gb"
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "ninja",
    "alongside.foundation.reference",
    "alongside.foundation.organisations",
    "alongside.foundation.accounts",
    "alongside.foundation.audit",
    "alongside.foundation.vault",
    "alongside.care.instruments",
    "alongside.care.people",
    "alongside.care.consent",
    "alongside.care.intake",
    "alongside.care.linking",
    "alongside.care.casework",
    "alongside.care.guarding",
    "alongside.care.referrals",
    "alongside.care.assessment",
    "alongside.care.planning",
    "alongside.care.code_rights",
    "alongside.care.journey",
    "alongside.care.telling",
    "alongside.care.contact",
    "alongside.care.information_rights",
    "alongside.care.information_requests",
    "alongside.walls",
    "alongside.web",
    "alongside.api",
    "alongside.jobs",
]
if not ENV.production:
    INSTALLED_APPS.append("alongside.demo")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before what serves our own files, so that they carry the headers too.
    "alongside.web.middleware.PageHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alongside.web.middleware.RequestTime",
    "alongside.web.middleware.SessionLife",
    "alongside.web.middleware.ActorMiddleware",
    "alongside.web.middleware.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "alongside" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alongside.web.shell.shell",
            ]
        },
    }
]


# Each process's pool, where it keeps one.
POOL = {"min_size": 1, "max_size": 16}


def _database(connection: Connection, *, atomic: bool) -> dict[str, object]:
    pooling: dict[str, object] = {"pool": POOL} if ENV.pool else {}
    return {
        "ENGINE": "alongside.walls.backend",
        "NAME": connection.database,
        "HOST": connection.host,
        "PORT": connection.port,
        "USER": connection.user,
        "PASSWORD": connection.password,
        "ATOMIC_REQUESTS": atomic,
        # A pool keeps connections itself.
        "CONN_MAX_AGE": 0 if ENV.pool else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, **connection.options, **pooling},
    }


def _through_pooler(database: dict[str, object]) -> dict[str, object]:
    """The same by way of a pooler: no cursor may outlive its transaction there."""
    if ENV.pooler is None:
        return database
    host, port = ENV.pooler
    return {**database, "HOST": host, "PORT": port, "DISABLE_SERVER_SIDE_CURSORS": True}


_connections = read_connections(INSTALLATION)
DATABASES = {
    "default": _through_pooler(_database(_connections.app, atomic=True)),
    # Commits by itself beside a request's or a delivery's one transaction: what was
    # refused, and how far a delivery has come.
    "beside": _through_pooler(_database(_connections.app, atomic=False)),
    "owner": _database(_connections.owner, atomic=False),
}
DATABASE_ROUTERS = ["alongside.walls.router.OwnerMigrates"]

PASSWORD_HASHERS = [
    "config.hashers.OneLaneArgon2",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]

LOGIN_URL = "accounts:sign_in"
SESSION_ENGINE = "alongside.web.sessions"
SESSION_COOKIE_AGE = limit(LimitCode.LIFE_HOURS) * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not ENV.plain_http
SESSION_COOKIE_NAME = "session" if ENV.plain_http else "__Host-session"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_RENDERER = "alongside.web.govuk.renderer.GovukRenderer"
CSRF_COOKIE_SECURE = not ENV.plain_http
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "csrf" if ENV.plain_http else "__Host-csrf"

SECURE_CONTENT_TYPE_NOSNIFF = True
# "no-referrer" would also strip the Origin of our own forms, and with it the check
# that they are ours. Other sites are told nothing either way.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not ENV.plain_http
SECURE_HSTS_SECONDS = 0 if ENV.plain_http else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not ENV.plain_http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.WordlessFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
