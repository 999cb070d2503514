"""Says which periods a filter takes for one: "annually" and "each year", "past year" and "last"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from builder.claiming.words import period_words


def choices_of_periods(counts: Mapping[str, int]) -> Mapping[str, str]:
    """Return the choice that stands for each period: of those alike the one printed most often.

    `counts` tells how often each is printed.
    """
    alike: defaultdict[object, list[str]] = defaultdict(list)
    for period in counts:
        alike[period_words(period) or period].append(period)
    most = {key: min(some, key=lambda one: (-counts[one], one)) for key, some in alike.items()}
    return {period: most[key] for key, some in alike.items() for period in some}
