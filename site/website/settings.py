"""Read every setting from the environment; refuse to start when production lacks one.

Each value has a default that is safe on a developer's machine. With `DEBUG=no`
the values named in `REQUIRED_IN_PRODUCTION` must be given. `.env.example` and
docs/operations.md list them all; a test keeps the three in step.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]
REQUIRED_IN_PRODUCTION = ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL")

env = environ.Env()

DEBUG = env.bool("DEBUG", default=True)
if os.environ.get("DEBUG", "yes").lower() not in {
    "yes",
    "no",
    "true",
    "false",
    "on",
    "off",
    "1",
    "0",
}:
    raise ImproperlyConfigured("DEBUG must be yes or no.")
if not DEBUG:
    missing = [name for name in REQUIRED_IN_PRODUCTION if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(
            f"production (DEBUG=no) needs {', '.join(missing)} in the environment; "
            "see .env.example."
        )

DATA_DIR = Path(env.str("DATA_DIR", default=str(ROOT / "var"))).resolve()
SECRET_KEY = env.str("SECRET_KEY", default="development-only-never-in-production")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
SERVED_OVER_TLS = urlsplit(BASE_URL).scheme == "https"
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# A whole article is posted at once: its text must never be refused for its length.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

INSTALLED_APPS = [
    "website",
    "print",
    "magazine",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MESSAGE_STORAGE = "magazine.desk.messages.TypesetStorage"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "website.policy.ReadersPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "magazine.desk.gate.DraftGate",
    "website.redirects.ReadersRedirects",
    "website.refusals.DressedRefusals",
    "website.routing.DirectRouting",
    "website.page_cache.KeptPages",
]

ROOT_URLCONF = "website.urls"
WSGI_APPLICATION = "website.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# Where things are kept

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/couture.sqlite3")}
if "ENGINE" not in DATABASES["default"]:
    raise ImproperlyConfigured("DATABASE_URL must read postgres://… or sqlite:////….")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
if not DEBUG:
    # A new connection costs as much as a page that is kept.
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
# Every process sees the same cache: Redis, else a table that `migrate` makes.
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "website_cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    ),
    # Where a picture's sizes lie is fetched with the picture.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

# A cache in front of the site, which is told what to let go; empty: there is none.
FRONTEND_CACHE_URL = env.str("FRONTEND_CACHE_URL", default="")


def front_cache(address: str) -> dict[str, dict[str, str]]:
    """Return Wagtail's setting for a cache in front, by its address.

    `https://cache.example` is sent PURGE; `cloudflare://ZONE:TOKEN@` is asked by its API.
    """
    backends = "wagtail.contrib.frontend_cache.backends"
    parts = urlsplit(address)
    if not address:
        return {}
    if parts.scheme in {"http", "https"} and parts.hostname:
        return {"front": {"BACKEND": f"{backends}.HTTPBackend", "LOCATION": address}}
    if parts.scheme == "cloudflare" and parts.username and parts.password:
        names = {"ZONEID": parts.netloc.split(":")[0], "BEARER_TOKEN": unquote(parts.password)}
        return {"front": {"BACKEND": f"{backends}.CloudflareBackend", **names}}
    raise ImproperlyConfigured(
        "FRONTEND_CACHE_URL must read https://cache.example or cloudflare://ZONE:TOKEN@"
    )


WAGTAILFRONTENDCACHE = front_cache(FRONTEND_CACHE_URL)

# Empty: the embedded search. Otherwise the address of Elasticsearch or OpenSearch.
SEARCH_URL = env.str("SEARCH_URL", default="")
SEARCH_INDEX = env.str("SEARCH_INDEX", default="couture")

# Empty: articles are read by the typographer alone. Otherwise the address of LanguageTool.
PROOFREADER_URL = env.str("PROOFREADER_URL", default="").rstrip("/")

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
PRESS_ROOT = DATA_DIR / "press"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"

STORAGE_URL = env.str("STORAGE_URL", default="")


def storage(folder: Path, prefix: str, base_url: str | None) -> dict:
    """Storage options: a folder of this machine, or a prefix of the bucket in STORAGE_URL.

    STORAGE_URL reads `s3://KEY:SECRET@bucket?endpoint_url=…&region_name=…`.
    """
    if not STORAGE_URL:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder), "base_url": base_url},
        }
    parts = urlsplit(STORAGE_URL)
    if parts.scheme != "s3" or not parts.hostname:
        raise ImproperlyConfigured("STORAGE_URL must read s3://KEY:SECRET@bucket?endpoint_url=…")
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.hostname,
            "access_key": parts.username,
            "secret_key": parts.password,
            "location": prefix,
            "default_acl": "private",
            "file_overwrite": False,
            **options,
        },
    }


STORAGES = {
    "default": storage(MEDIA_ROOT, "media", MEDIA_URL),
    "press": storage(PRESS_ROOT, "press", None),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# How many proxies of ours stand in front and write X-Forwarded-For: the last so many are believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# Mail

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="couture@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Language and time

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="fr")
LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Paris")
USE_TZ = True

# Safety

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
CSRF_FAILURE_VIEW = "website.refusals.without_token"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_OVER_TLS
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_OVER_TLS else 0
if SERVED_OVER_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Wagtail

WAGTAIL_SITE_NAME = "Couture"
# A move or a new address leaves a redirect behind; website.redirects follows it.
WAGTAILREDIRECTS_AUTO_CREATE = True
# A password form would tell a stranger that the page exists, so it isn't offered.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILADMIN_USER_LOGIN_FORM = "magazine.desk.branding.DeskLoginForm"
# An article whose last step is approved is ready; nothing is published by it.
WAGTAIL_FINISH_WORKFLOW_ACTION = "magazine.readiness.hand_to_layout"
WAGTAILIMAGES_IMAGE_MODEL = "magazine.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "magazine.picture_form.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "tif", "tiff", "webp"]
# What browsers can't show is shown as something that they can.
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"tiff": "jpeg", "avif": "webp"}
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 60 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 120_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "xlsx", "zip"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict] = []
# Days for which it is known what was asked: 25 months at most.
WAGTAILSEARCH_HITS_MAX_AGE = 760
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database"}
}

# Press: the limits of one render (docs/operations.md)


def number(name: str, default: int) -> int:
    """Return a whole number from 1 up, or refuse to start in one line."""
    written = os.environ.get(name) or str(default)
    if not written.isdecimal() or int(written) < 1:
        raise ImproperlyConfigured(f"{name} must be a whole number from 1 up, not {written!r}.")
    return int(written)


# The longest for which a page is kept that nothing changed; 0: nothing is kept.
PAGES_KEPT_SECONDS = env.int("PAGES_KEPT_SECONDS", default=0 if DEBUG else 3600)

PRESS_RENDER_SECONDS = number("PRESS_RENDER_SECONDS", 60)
PRESS_RENDER_MEGABYTES = number("PRESS_RENDER_MEGABYTES", 1200)
PRESS_WORKERS = number("PRESS_WORKERS", 2)
PRESS_LINK_DAYS = number("PRESS_LINK_DAYS", 14)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_keys": {"()": "website.review_secrets.WithoutKeys"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_keys"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
