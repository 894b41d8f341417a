"""Settings, read from the environment; each has a default that is safe."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from .environment import database, email, flag, hosts, origins, site, text
from .private import private_database, private_directory, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

#: The database and the secret key live here, outside the code.
VAR_DIR = private_directory(Path(text("WERVELWIJZER_VAR", str(BASE_DIR / "var"))))

DEBUG = flag("DJANGO_DEBUG")
#: Shows the demo people on the sign-in page, one tap each. Never on by itself: `make run` sets it.
DEMO = flag("WERVELWIJZER_DEMO")

SECRET_KEY = text("DJANGO_SECRET_KEY") or secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = hosts("DJANGO_ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = origins("DJANGO_CSRF_TRUSTED_ORIGINS")

#: Behind HTTPS: secure cookies, redirects and HSTS. Off where the site is served on this machine alone.
HTTPS = flag("WERVELWIJZER_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
PROXY = flag("WERVELWIJZER_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY else None
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "template_partials",
    "tracker",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.headers.ContentSecurityPolicyMiddleware",
    "config.headers.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.views.confirmation.ConfirmedAddressMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracker.views.context.site",
            ],
        },
    },
]
FORM_RENDERER = "tracker.forms.rendering.BootstrapRenderer"

DATABASES = {"default": database("DATABASE_URL", str(VAR_DIR / "wervelwijzer.sqlite3"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    if not DATABASES["default"]["NAME"].startswith((":memory:", "file:")):
        private_database(DATABASES["default"]["NAME"])
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 20000; "
            "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
        ),
    }
#: Attempts are counted in the database: limits hold for all workers together, and outlive a restart. `migrate` makes
#: the table. With the usual 300 entries, attempts at many addresses would soon push out the count of one.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "attempts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
#: 32 bits are plenty for one database, and on SQLite make an allocation's key the row's own number.
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

AUTH_USER_MODEL = "tracker.User"
AUTHENTICATION_BACKENDS = ["tracker.accounts.AddressBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"tracker.passwords.{name}"} for name in ("LongEnough", "NotAboutYou", "NotCommon")
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_ADAPTER = "tracker.accounts.AccountAdapter"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {
    "login": "tracker.forms.account.SignIn",
    "reset_password": "tracker.forms.account.AskForPassword",
    "reset_password_from_key": "tracker.forms.account.ChoosePassword",
    "change_password": "tracker.forms.account.ChangePassword",
    "set_password": "tracker.forms.account.SetPassword",
    "reauthenticate": "tracker.forms.account.OncePassword",
    "add_email": "tracker.forms.account.ChangeEmail",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
#: The link in the mail works as long as the account can wait for it.
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = DAYS_TO_CONFIRM = 7
#: Beside allauth's own limits: guesses at the code of a practice; and the e-mail to confirm an address that an account
#: gets also where others who claim it used up the limit of the address.
ACCOUNT_RATE_LIMITS = {"invitation_code": "5/m/ip,50/d/ip", "own_confirmation": "1/d/user"}
#: Behind a proxy each visitor is known by the address that the proxy saw: else all would share one limit.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PROXY else 0
CSRF_FAILURE_VIEW = "tracker.views.errors.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 60 * 60 * 12

#: A server that does not answer is not waited for longer, in seconds.
EMAIL_TIMEOUT = 20
#: In the demo mail goes into a folder that a page shows.
EMAIL_CONFIG = email("EMAIL_URL", folder=VAR_DIR / "mail" if DEMO else None)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("EMAIL_FROM", "Wervelwijzer <wervelwijzer@localhost>")
#: What the links in mails begin with.
SITE_URL = site("WERVELWIJZER_URL", "http://127.0.0.1:8000" if DEMO else "")

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
#: Files are found without `collectstatic` where nobody ran it; hashed and compressed where somebody did.
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = not COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

DJANGO_TABLES2_TEMPLATE = "tables/table.html"
MESSAGE_STORAGE = "config.messages.FewMessages"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
