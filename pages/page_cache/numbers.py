"""What the page cache knows of itself, as numbers for `/metrics`."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily

from pages.page_cache.generation_watcher import GenerationWatcher
from pages.page_cache.workers import Workers


def page_cache_numbers(watcher: GenerationWatcher, workers: Workers) -> Iterator[GaugeMetricFamily]:
    """Yield the age of the generation in use and of its comparison with the version, and how many wait for Django."""
    ages = watcher.ages()
    if ages is not None:
        age, silence = ages
        yield GaugeMetricFamily("site_generation_age_seconds", "Age of the cached pages in use", value=age)
        yield GaugeMetricFamily(
            "site_generation_compared_seconds", "Time since they were compared with the version", value=silence
        )
    yield GaugeMetricFamily("site_queue_requests", "Requests that wait for Django", value=workers.waiting)
    yield GaugeMetricFamily("site_requests_in_django", "Requests that Django works on", value=workers.at_work)
