"""Processor time and queries of a request."""

import statistics
import time
from collections.abc import Callable
from typing import Any

WARM, ROUNDS = 20, 200


def measured(build: Callable[[], object], connection: Any) -> dict[str, float]:
    """Return the median milliseconds of processor time and the number of queries of one build."""
    for _round in range(WARM):
        build()
    queries: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        build()
    times = []
    for _round in range(ROUNDS):
        begin = time.process_time()
        build()
        times.append(time.process_time() - begin)
    return {"ms": statistics.median(times) * 1000, "queries": len(queries)}
