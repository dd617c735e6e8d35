"""What a server counts for `/metrics`, in the text format of Prometheus."""

from prometheus_client import CollectorRegistry, Counter, ProcessCollector

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
ANSWERS = Counter("site_answers", "Answers of this server by their Cache-Status", ["cache_status"], registry=REGISTRY)
