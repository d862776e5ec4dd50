"""Counts of this process: requests by route and status, and how long they took. No names, no addresses."""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_lock = threading.Lock()
_counts: Counter[tuple[str, str, int]] = Counter()
_buckets: Counter[tuple[str, int]] = Counter()
_seconds: dict[str, float] = {}


def note(method: str, route: str, status: int, seconds: float) -> None:
    """One request was answered."""
    with _lock:
        _counts[method, route, status] += 1
        _buckets[route, bisect_left(BOUNDS, seconds)] += 1
        _seconds[route] = _seconds.get(route, 0.0) + seconds


def lines() -> Iterator[str]:
    """The counts in Prometheus' text format."""
    with _lock:
        counts, buckets, seconds = Counter(_counts), Counter(_buckets), dict(_seconds)
    yield "# HELP fengsui_requests_total Requests answered by this process."
    yield "# TYPE fengsui_requests_total counter"
    for (method, route, status), count in sorted(counts.items()):
        labels = f'method="{method}",route="{escape(route)}",status="{status}"'
        yield f"fengsui_requests_total{{{labels}}} {count}"
    yield "# HELP fengsui_request_seconds How long requests took."
    yield "# TYPE fengsui_request_seconds histogram"
    for route, total in sorted(seconds.items()):
        yield from _histogram(escape(route), [buckets[route, n] for n in range(len(BOUNDS) + 1)])
        yield f'fengsui_request_seconds_sum{{route="{escape(route)}"}} {total:.6f}'


def _histogram(route: str, found: list[int]) -> Iterator[str]:
    below = 0
    for bound, count in zip([*map(str, BOUNDS), "+Inf"], found, strict=True):
        below += count
        yield f'fengsui_request_seconds_bucket{{route="{route}",le="{bound}"}} {below}'
    yield f'fengsui_request_seconds_count{{route="{route}"}} {below}'


def escape(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
