"""What can be found, as it is suggested while somebody types."""

from collections import Counter
from collections.abc import Iterable
from operator import itemgetter

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from pages.page_cache.rules import cacheable
from pages.search.documents import SearchKind
from pages.search.models import SearchEntry, SearchSynonyms
from pages.search.words import phrase_stems, words

MOST_TITLES = 2_000
MOST_NAMED = 2  # titles that are suggested for the words of one meaning
NAMED_OTHERWISE = {SearchKind.PAGE, SearchKind.MANUAL}


@cacheable
@cache_control(public=True, no_cache=True)  # asked about each time: what was taken down is not suggested
def titles(request: HttpRequest) -> JsonResponse:
    """Serve what can be found in the active language, as suggestions read it: name, other words for it, address."""
    entries = SearchEntry.objects.filter(language=get_language()).select_related("page").order_by("page__path", "pk")
    counts: Counter[str] = Counter()
    ranked = []
    for entry in entries.only("kind", "title", "path", "page__title", "page__path", "page__url_path"):
        counts[entry.kind] += 1
        ranked.append((counts[entry.kind], entry))
    # The first of each kind, then the second: what the small kinds leave is for the large.
    shown = [entry for _rank, entry in sorted(ranked, key=itemgetter(0))[:MOST_TITLES]]
    other = _other_words(shown)
    names = [
        {
            "name": entry.title,
            "in": entry.page.title if entry.path and entry.kind == SearchKind.MANUAL else "",
            "url": entry.url,
            "also": other.get(entry.pk, []),
        }
        for entry in shown
    ]
    return JsonResponse({"places": names}, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def _other_words(entries: Iterable[SearchEntry]) -> dict[int, list[str]]:
    """Return what else is said for a title that begins with an expression that editors know, shortest titles first."""
    language = get_language() or ""
    named = [entry for entry in entries if entry.kind in NAMED_OTHERWISE]
    named.sort(key=lambda entry: len(entry.title))
    titles = [(entry.pk, phrase_stems(words(entry.title), language)) for entry in named]
    found: dict[int, list[str]] = {}
    for group in SearchSynonyms.objects.order_by("pk"):
        lines = SearchSynonyms.lines(group.words)
        stems = {phrase_stems(words(line), language) for line in lines}
        about = [pk for pk, title in titles if any(title[: len(phrase)] == phrase for phrase in stems)]
        for pk in about[:MOST_NAMED]:
            found[pk] = [*found.get(pk, []), *lines]
    return found
