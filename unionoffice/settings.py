"""One settings file. Everything that differs between machines comes from the environment.

docs: README, "正式使用". Business limits are not settings: fixed ones stand in rules.py.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from unionoffice import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.data_dir("UNION_DATA", BASE_DIR / "var")

DEBUG = env.boolean("UNION_DEBUG", default=False)
SECRET_KEY = env.secret_key("UNION_SECRET_KEY", keep_in=DATA_DIR / "secret_key")
ALLOWED_HOSTS = env.hosts("UNION_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.origins("UNION_TRUSTED_ORIGINS")
HTTPS = env.boolean("UNION_HTTPS", default=False)

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "unionoffice",
    "members",
    "activities",
    "welfare",
    "congress",
    "funds",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "unionoffice.middleware.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "unionoffice.middleware.SetUpFirstMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "unionoffice.middleware.OwnPasswordFirstMiddleware",
    "unionoffice.middleware.SeeAsMiddleware",
    "unionoffice.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "unionoffice.urls"
WSGI_APPLICATION = "unionoffice.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["unionoffice.templatetags.ui", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "unionoffice.context.shell",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": env.database("DATABASE_URL", default=DATA_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "members.backends.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "members.passwords.LongEnough", "OPTIONS": {"min_length": 8}},
    {"NAME": "members.passwords.NotCommon"},
    {"NAME": "members.passwords.NotOnlyDigits"},
]
LOGIN_URL = "members:login"
LOGIN_REDIRECT_URL = "unionoffice:home"
LOGOUT_REDIRECT_URL = "members:login"
SESSION_COOKIE_AGE = 12 * 60 * 60  # one working day
SESSION_COOKIE_NAME = "union_session"

AXES_FAILURE_LIMIT = 5  # wrong passwords before the account waits
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "members.backends.login_name"
AXES_CLIENT_IP_CALLABLE = "members.backends.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "unionoffice.views.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address"]
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"  # private: served only through a permission check
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 25_000  # who came to a meeting: two for each person

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # data: for the icons inside the vendored style sheet
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
