"""Configuration. With urls.py and cli.py the only module that names everything.

Environment `FENGSUI_*` wins over `$FENGSUI_HOME/fengsui.toml`, which wins over the defaults here.
"""

import os
import secrets
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

HOME = Path(os.environ.get("FENGSUI_HOME", ".fengsui")).resolve()


def _file_settings() -> dict[str, object]:
    path = HOME / "fengsui.toml"
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise ImproperlyConfigured(f"{path} 不是合格的 TOML（{wrong}），请更正") from wrong


_FILE = _file_settings()


def _tables(name: str) -> dict[str, Any]:
    """The tables under `[name.…]` of fengsui.toml."""
    found = _FILE.get(name, {})
    if not isinstance(found, dict):
        raise ImproperlyConfigured(f"fengsui.toml：[{name}] 应当是一组表，请核对")
    return found


TESTING = bool(os.environ.get("FENGSUI_TESTING"))


def option(name: str, default: str = "") -> str:
    """`FENGSUI_NAME` of the environment, or `name` of fengsui.toml, or the default."""
    return os.environ.get(f"FENGSUI_{name.upper()}") or str(_FILE.get(name, default))


def _secret() -> str:
    path = HOME / "keys" / "secret"
    return path.read_text().strip() if path.exists() else secrets.token_hex(32)


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) if parts.path.startswith("//") else unquote(parts.path),
            "OPTIONS": {
                # One writer at a time, taken at BEGIN: a transaction never fails half way on a lock.
                "transaction_mode": "IMMEDIATE",
                "timeout": float(option("busy_timeout", "5")),
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
                ),
            },
            # A file in the tests too: in memory, readers and writers share one lock that never waits.
            "TEST": {"NAME": str(HOME / "test.sqlite3")},
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            # A test database is dropped at the end: no thread of a server may still hold it.
            "CONN_MAX_AGE": 0 if TESTING else 60,
        }
    raise ImproperlyConfigured(
        f"FENGSUI_DATABASE_URL：{parts.scheme}:// 不支持；请用 sqlite:/// 或 postgresql://"
    )


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = [host for host in option("hosts", "localhost,127.0.0.1,[::1]").split(",") if host]
DATABASES = {"default": _database(option("database_url", f"sqlite:///{HOME / 'fengsui.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PLATFORM = [
    "fengsui.platform.regions",
    "fengsui.platform.accounts",
    "fengsui.platform.apikeys",
    "fengsui.platform.signin",
    "fengsui.platform.imports",
    "fengsui.platform.exports",
    "fengsui.platform.ledger",
    "fengsui.platform.search",
    "fengsui.platform.counters",
    "fengsui.platform.savedviews",
    "fengsui.platform.calendar",
    "fengsui.platform.worklist",
    "fengsui.platform.documents",
    "fengsui.platform.files",
    "fengsui.platform.notices",
    "fengsui.platform.jobs",
    "fengsui.platform.health",
]
DOMAINS = ["fengsui.registry", "fengsui.registry.grids", "fengsui.supervision"]
INSIGHT = ["fengsui.insight.ground"]
API = ["fengsui.api", "ninja"]
PAGES = [
    "fengsui.web.ui",
    "fengsui.web.entry",
    "fengsui.web.people",
    "fengsui.web.desk",
    "fengsui.web.field",
    "fengsui.web.portal",
    "fengsui.web.health",
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    *PLATFORM,
    *DOMAINS,
    *INSIGHT,
    *PAGES,
    *API,
]
AUTH_USER_MODEL = "accounts.User"

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
PUBLIC_URL = option("public_url", "http://127.0.0.1:8000").rstrip("/")
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
STATIC_URL = "/static/"
# Served over TLS, by us or by a proxy in front of us (`up`, `serve` and --behind-proxy say so).
HOSTS_SECURE = option("https", "") == "on"
BEHIND_PROXY = option("behind_proxy", "") == "on"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
SECURE_SSL_REDIRECT = BEHIND_PROXY
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if HOSTS_SECURE else 0
# Tiles below our own outlines, as a URL with {z}, {x} and {y}; empty: the map needs no tile server.
MAP_TILES = option("map_tiles")
if MAP_TILES and not (
    MAP_TILES.startswith(("https://", "http://"))
    and all(place in MAP_TILES for place in ("{z}", "{x}", "{y}"))
):
    raise ImproperlyConfigured(f"map_tiles = {MAP_TILES!r}：请写含 {{z}} {{x}} {{y}} 的 https 地址")
MAP_CREDIT = option("map_credit")
MAP_GCJ02 = option("map_gcj02", "") == "on"  # the tiles are shifted: shift what is drawn on them
MQTT_URL = option("mqtt_url")
METRICS_TOKEN = option("metrics_token")
HEAD_MIRRORS = [mirror for mirror in option("head_mirrors").split(",") if mirror]
LOGGING_CONFIG = None  # `platform.logs.begin` of each process says where its lines go

MIDDLEWARE = [
    "fengsui.web.health.middleware.MeterMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "fengsui.web.policy.ContentPolicyMiddleware",
    "fengsui.api.problems.ProblemMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "fengsui.web.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fengsui.web.entry.middleware.WhoMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "fengsui.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
# Locked after so many wrong attempts of one account from one address, for so long: ours, not law's.
AXES_FAILURE_LIMIT = int(option("sign_in_attempts", "5"))
AXES_COOLOFF_TIME = int(option("sign_in_lock_hours", "1"))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "fengsui.web.entry.views.locked"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HOSTS_SECURE
# Signed out after so long without a request, and after so long in any case.
SESSION_IDLE_MINUTES = int(option("session_idle_minutes", "60"))
SESSION_HOURS = int(option("session_hours", "12"))
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
# `required`: the posts of rule SECOND-FACTOR-POSTS cannot be used without; `offered`: whoever has one.
SECOND_FACTOR = option("second_factor", "required")
if SECOND_FACTOR not in {"required", "offered"}:
    raise ImproperlyConfigured(f"second_factor = {SECOND_FACTOR!r}：请写 required 或 offered")
OTP_TOTP_ISSUER = "烽燧"
OTP_TOTP_THROTTLE_FACTOR = 0  # tries are counted by our own rule, recovery codes with them
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "fengsui.platform.signin.passwords.LengthByRule"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# How notices leave the house: SMTP, and one JSON gateway each for sms, voice, robot. Empty: not at all.
EMAIL_HOST = option("mail_host")
EMAIL_PORT = int(option("mail_port", "25"))
EMAIL_HOST_USER = option("mail_user")
EMAIL_HOST_PASSWORD = option("mail_password")
EMAIL_USE_TLS = option("mail_security") == "starttls"
EMAIL_USE_SSL = option("mail_security") == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = option("mail_from", "fengsui@localhost")
GATEWAYS: dict[str, dict[str, Any]] = dict(_tables("gateways"))
