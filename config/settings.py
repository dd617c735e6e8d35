"""The site's settings: one file, fed by `env.py`, with one block for production (SITE_LIVE)."""

from urllib.parse import urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config import env, live, unused_imports, uploads
from config.logs import logging_settings

unused_imports.leave_out()

BASE_DIR = env.BASE_DIR
DATA_DIR = env.data_dir()
SITE_LIVE = env.flag("SITE_LIVE")
SECRET_KEY = env.text("SECRET_KEY") if SITE_LIVE else env.generated_secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS = [key.strip() for key in env.text("SECRET_KEY_FALLBACKS").split(",") if key.strip()]
SITE_URL = env.address("SITE_URL", https=SITE_LIVE)
DEBUG = env.flag("DEBUG")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
ALLOWED_HOSTS = [SITE_HOST, "localhost", "127.0.0.1", "[::1]", *env.hosts("ALLOWED_HOSTS")]

INSTALLED_APPS = [
    # First, so that its fields exist before any model below is read.
    "modeltranslation",
    "config",
    "contacts",
    "pages",
    "resources",
    "phonenumber_field",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "config.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",  # the index of Wagtail's search on PostgreSQL
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.log_lines.number_requests",
    "config.policies.add_policies",  # before all that answers, so that it sees every answer
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.middleware.refuse_other_methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.CompressionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.PathLanguageMiddleware",
    "config.middleware.refuse_nul",
    "config.middleware.read_once",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.sessions.track_sessions",
    "config.middleware.require_second_factor",
    "config.middleware.refuse_broken_forms",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "config.passwords.HashingBusyMiddleware",
    "config.middleware.AdminAtomicMiddleware",  # the last, since it calls the view
]

CSRF_FAILURE_VIEW = "config.csrf.failure"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATE_LOADERS = ["config.template_loader.UnindentedLoader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What servers must know of each other, on whatever machine: failed sign-ins, used codes.
CACHES = {
    "default": {
        "BACKEND": "config.caches.SharedDatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 1},
}

AUTHENTICATION_BACKENDS = ["config.sign_in.PasswordBackend"]
PASSWORD_HASHERS = [
    "config.passwords.Argon2idHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of earlier accounts, until they sign in
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]


# Accounts: passwords for those who keep the site, codes for coordinators (`accounts.py`).
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
SESSION_COOKIE_AGE = 10 * 3600  # a long working day
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "config.account_adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "config.account_forms.SignInForm",
    "request_login_code": "config.account_forms.CodeRequestForm",
    "reset_password": "config.account_forms.PasswordResetForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up, but this gives the sign-in form its fields
ACCOUNT_EMAIL_VERIFICATION = "none"  # editors enter addresses; nobody may change their own
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an unknown address gets the same answer and no mail
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail about each change of password or second factor
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, without asking
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail may be slow
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# By account and address, and generously by network (`sign_in.throttle`): an office has one address.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "network_failed": "100/5m/key",
    "network_mail": "200/h/key",
    "code_mail": "10/h/key",  # by account alone
    "request_login_code": "5/5m/key",
    "request_password_reset": "5/5m/key",
    "reset_password": None,  # by account alone, so anyone could keep an editor from it
    "reset_password_from_key": None,  # the key cannot be guessed
}
MFA_RATE_LIMITS = {"webauthn_login": None}  # a passkey cannot be guessed
MFA_ADAPTER = "config.account_adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # see ACCOUNT_EMAIL_VERIFICATION
MFA_TOTP_ISSUER = "Stöd till yrkesverksamma"
# How many proxies add to X-Forwarded-For before a live site; without one the header is anybody's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES") if SITE_LIVE else 0

# Languages. The first is the default and has no prefix in addresses. To add one: a line here,
# `makemigrations`, and its locale in the admin.
LANGUAGE_CODE = "sv"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
COMPLETE_LANGUAGES = ["sv", "en"]  # in which editors must fill in names; in others they may follow later
MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale/wagtail"]  # the second: what Wagtail lacks or says clumsily
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# Files. `serve` makes all others for its own user alone; nginx reads these.
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755
STATIC_URL = "/static/"
STATIC_ROOT = env.subfolder(DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has a use for them
MEDIA_URL = "/media/"
MEDIA_ROOT = env.subfolder(DATA_DIR / "media")
PRIVATE_ROOT = env.subfolder(DATA_DIR / "private")  # uploads that only a view hands out
STORAGES = {
    **uploads.storages(),
    "staticfiles": {"BACKEND": "config.storage.WholeStylesheetsStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long page is one form with a field per block

# Mail waits in the database, and is sent to the server: a folder until the site is live, so that a demonstration
# writes to nobody.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM")
MAILERS = {
    "default": {"BACKEND": "pages.outbox.backend.EmailBackend"},
    "server": live.mailer()
    if SITE_LIVE
    else {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(env.subfolder(DATA_DIR / "mail"))},
    },
}
JOBS = env.flag("JOBS")
PAGES_AHEAD = env.number("PAGES_AHEAD")

MESSAGES_KEPT_DAYS = env.number("MESSAGES_KEPT_DAYS")
LEAVERS_KEPT_MONTHS = env.number("LEAVERS_KEPT_MONTHS")

# Wagtail
WAGTAIL_SITE_NAME = "Stöd till yrkesverksamma"
WAGTAILADMIN_BASE_URL = SITE_URL
# Passwords are chosen and changed on the account pages, by their owner alone; addresses are not.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "pages.admin.rich_text.RichTextArea"}}
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]  # no SVG: it can carry script
WAGTAILIMAGES_IMAGE_FORM_BASE = "pages.admin.pictures.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # the photo of a phone, which is stored smaller
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 52_000_000  # of the largest phones
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pages.admin.documents.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # å and ä are a, ö is o: addresses are read out and typed
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_FINISH_WORKFLOW_ACTION = "pages.approval.publish_approved"
# No request to anyone else from the admin: no avatars, no question about new versions.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []

# Browser policies. Readers get nothing but what this site serves itself.
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],  # static/css
    "script-src": [CSP.SELF],  # static/js, all optional
    "img-src": [CSP.SELF],  # icons and renditions
    "connect-src": [CSP.SELF],  # the suggestions of the lookup
    "form-action": [CSP.SELF],  # the lookup
    "object-src": [CSP.NONE],  # no plug-in, in the admin neither
    "base-uri": [CSP.NONE],  # nothing may redirect relative addresses
    "frame-ancestors": [CSP.NONE],  # nobody may frame a page that gives phone numbers
}
# Wagtail's own pages need inline code (date pickers, choosers, focal point), but no foreign origin.
ADMIN_CSP: dict[str, list[str]] = {
    **SECURE_CSP,
    "default-src": [CSP.SELF],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],  # inline icons, images before upload
    "frame-ancestors": [CSP.SELF],  # the preview panel
}
# No script of a reader's page makes HTML from text; Wagtail's do.
SECURE_CSP |= {"require-trusted-types-for": ["'script'"], "trusted-types": [CSP.NONE]}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True

LOGGING = logging_settings(as_json=env.flag("LOG_JSON"))
OPERATORS = env.addresses("OPERATORS")

if SITE_LIVE:
    # Production: behind a proxy that ends TLS, sets X-Forwarded-Proto and removes it from clients.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # Names that a browser takes from this host alone, by https, for every path: no neighbour can plant one.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    CSRF_COOKIE_SECURE = True
    live.demand(globals())
