"""The public rules of MDN's HTTP Observatory (version 5), by which anybody may grade a site.

Written after its own description of tests and scores (`mdn/mdn-http-observatory`, `src/analyzer/tests/` and
`src/grader/charts.js`). Without its list of preloaded hosts, which adds 5 points for those who are in it.
"""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
SIX_MONTHS = 15_552_000  # seconds, as it counts them
CREDIT_FROM = 90  # points without which no extra ones are added


@dataclass(frozen=True, slots=True)
class Response:
    """An answer; `headers` as they came, one name may be there twice."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: str = ""

    def values(self, name: str) -> list[str]:
        return [value for given, value in self.headers if given.lower() == name]

    def first(self, name: str) -> str:
        return next(iter(self.values(name)), "").strip().lower()


@dataclass(frozen=True, slots=True)
class Scan:
    """What the Observatory asks for: the page, the way to it from http, and the page as another site asks for it."""

    page: Response
    from_http: list[Response]
    for_others: Response
    cookies: list[str] = field(default_factory=list)  # every Set-Cookie on the way


def policy(page: Response) -> dict[str, set[str]]:
    """Return the sources of the policy by directive; one that is given twice is an error, as there."""
    found: dict[str, set[str]] = {}
    for header in page.values("content-security-policy"):
        for directive in filter(None, (part.split() for part in header.lower().split(";"))):
            name, *sources = directive
            if name in found:
                raise ValueError(f"{name} is there twice")
            found[name] = set(sources) or {"'none'"}
    return found


def content_security_policy(scan: Scan) -> int:
    try:
        csp = policy(scan.page)
    except ValueError:
        return -25
    if not csp:
        return -25
    default = csp.get("default-src", {"*"})
    script, style, plugin = (csp.get(name, default) for name in ("script-src", "style-src", "object-src"))
    passive = csp.get("img-src", default) | csp.get("media-src", default)
    active = {source for name, sources in csp.items() if name not in {"img-src", "media-src"} for source in sources}
    insecure = ("http:", "ftp:")
    if script & (BROAD | INLINE) or plugin & BROAD or any(source.startswith(insecure) for source in active):
        return -20
    if "'unsafe-eval'" in script | style or any(source.startswith(insecure) for source in passive):
        return -10
    if style & (BROAD | INLINE):
        return 0
    return 10 if default == {"'none'"} else 5


def cookies(scan: Scan) -> int:
    given = [morsel for header in scan.cookies for morsel in SimpleCookie(header).values()]
    if not given:
        return 0
    worst = 5
    for cookie in given:
        name, site = cookie.key.lower(), str(cookie["samesite"]).lower()
        is_session = "login" in name or "sess" in name
        if is_session and not cookie["httponly"]:
            worst = min(worst, -30)
        if not cookie["secure"]:
            protected = strict_transport_security(scan) >= 0
            worst = min(
                worst,
                {(True, True): -10, (True, False): -40, (False, True): -5, (False, False): -20}[is_session, protected],
            )
        if site not in {"", "lax", "strict", "none"} or (site == "none" and not cookie["secure"]):
            worst = min(worst, -20)
        if not site:
            worst = min(worst, -20 if "csrf" in name else 0)
    return worst


def cross_origin_resource_sharing(scan: Scan) -> int:
    allowed = scan.for_others.first("access-control-allow-origin")
    is_everybody = allowed not in {"", "*"} and scan.for_others.first("access-control-allow-credentials") == "true"
    return -50 if is_everybody else 0


def redirection(scan: Scan) -> int:
    if not scan.from_http:
        return 0  # nothing listens there
    way = [urlsplit(response.url) for response in scan.from_http]
    if len(way) == 1 or way[-1].scheme != "https":
        return -20
    if way[1].scheme == "http":
        return -10
    return 0 if way[0].hostname == way[1].hostname else -5


def referrer_policy(scan: Scan) -> int:
    given = [value.strip().lower() for header in scan.page.values("referrer-policy") for value in header.split(",")]
    if not given:
        return 0
    return 5 if given[-1] in PRIVATE else -5


def strict_transport_security(scan: Scan) -> int:
    headers = scan.page.values("strict-transport-security")
    parts = [part.strip().lower() for part in headers[0].split(";")] if len(headers) == 1 else []
    ages = [part.removeprefix("max-age=") for part in parts if part.startswith("max-age=")]
    if len(ages) != 1 or not ages[0].isdecimal():
        return -20
    return 0 if int(ages[0]) >= SIX_MONTHS else -10


def subresource_integrity(scan: Scan) -> int:
    if not scan.page.first("content-type").startswith(("text/html", "application/xhtml+xml")):
        return 0
    scripts = BeautifulSoup(scan.page.body, "html.parser").select("script[src]")
    foreign = [script for script in scripts if urlsplit(str(script["src"])).netloc]
    for script in foreign:
        is_secure = str(script["src"]).startswith("https://")
        if not is_secure:
            return -20 if script.get("integrity") else -50
        if not script.get("integrity"):
            return -5
    return 5 if any(script.get("integrity") for script in scripts) else 0


def content_type_options(scan: Scan) -> int:
    return 0 if scan.page.first("x-content-type-options") == "nosniff" else -5


def frame_options(scan: Scan) -> int:
    if content_security_policy(scan) > -25 and "frame-ancestors" in policy(scan.page):
        return 5
    return 0 if scan.page.first("x-frame-options") in {"deny", "sameorigin"} else -20


def cross_origin_resource_policy(scan: Scan) -> int:
    given = scan.page.first("cross-origin-resource-policy")
    return {"": 0, "cross-origin": 0, "same-origin": 10, "same-site": 10}.get(given, -5)


RULES = (
    *(content_security_policy, cookies, cross_origin_resource_sharing, redirection, referrer_policy),
    *(strict_transport_security, subresource_integrity, content_type_options, frame_options),
    cross_origin_resource_policy,
)


def points(scan: Scan) -> dict[str, int]:
    """Return the points of each rule."""
    return {rule.__name__: rule(scan) for rule in RULES}


def score(scan: Scan) -> int:
    """Return the score; 100 and more is the best grade."""
    given = points(scan).values()
    without_credit = 100 + sum(value for value in given if value < 0)
    return max(100 + sum(given) if without_credit >= CREDIT_FROM else without_credit, 0)
