"""Configuration. With urls.py and cli.py the only module that names everything.

Environment `FENGSUI_*` wins over `$FENGSUI_HOME/fengsui.toml`, which wins over the defaults here.
"""

import os
import secrets
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

HOME = Path(os.environ.get("FENGSUI_HOME", ".fengsui")).resolve()


def _file_settings() -> dict[str, object]:
    path = HOME / "fengsui.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


_FILE = _file_settings()


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
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }
    raise ImproperlyConfigured(
        f"FENGSUI_DATABASE_URL: {parts.scheme}:// 不支持；请用 sqlite:/// 或 postgresql://"
    )


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = [host for host in option("hosts", "localhost,127.0.0.1,[::1]").split(",") if host]
DATABASES = {"default": _database(option("database_url", f"sqlite:///{HOME / 'fengsui.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PLATFORM = [
    "fengsui.platform.regions",
    "fengsui.platform.accounts",
    "fengsui.platform.ledger",
    "fengsui.platform.calendar",
    "fengsui.platform.worklist",
    "fengsui.platform.documents",
    "fengsui.platform.files",
    "fengsui.platform.notices",
    "fengsui.platform.jobs",
]
DOMAINS = ["fengsui.registry", "fengsui.supervision"]
PAGES = ["fengsui.web.ui"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    *PLATFORM,
    *DOMAINS,
    *PAGES,
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
