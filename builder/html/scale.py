"""The scale of a chart: where a value stands on it, and which values it marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10

from builder.html.figure_words import number_words

_TICKS = 4
_STEPS = (1, 2, 5, 10)
# From one end to the other so many times: on a linear scale the small values would all be zero.
_LOGARITHMIC = 200
_WORDS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale that holds zero, or a logarithmic one; `ticks` are the values it marks.

    A logarithmic scale can mark zero too: at its low end, a step before the smallest value.
    """

    low: float
    high: float
    logarithmic: bool
    ticks: tuple[float, ...]

    def part(self, value: float) -> float:
        """Return where a value stands, from 0 at the low end to 1 at the high one."""
        if self.logarithmic:
            if value <= 0:
                return 0.0
            return (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return (value - self.low) / (self.high - self.low)


def scale_of(values: Iterable[float]) -> Scale:
    """Return the scale on which all the values stand."""
    values = list(values)
    low, high = min(values), max(values)
    least = min((value for value in values if value > 0), default=0.0)
    if low >= 0 and least and high / least > _LOGARITHMIC:
        return _logarithmic(least, high, with_zero=low == 0)
    low, high = min(low, 0.0), max(high, 0.0)
    step = _step((high - low) or 1.0)
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    ticks = tuple(number * step for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], False, ticks)


def _logarithmic(least: float, most: float, *, with_zero: bool) -> Scale:
    first, last = floor(log10(least)), ceil(log10(most))
    every = ceil((last - first) / _TICKS)
    ticks = tuple(10.0**power for power in range(first, last + 1, every))
    if with_zero:
        return Scale(10.0 ** (first - every), 10.0**last, True, (0.0, *ticks))
    return Scale(10.0**first, 10.0**last, True, ticks)


def _step(width: float) -> float:
    """Return the round step of which few make up a width: 50 for 159."""
    power = 10.0 ** floor(log10(width / _TICKS))
    return next(step * power for step in _STEPS if step * power * _TICKS >= width * 0.999)


def tick_words(value: float) -> str:
    """Return a value of the scale as few words: "50", "1.5 billion", "−10"."""
    sign = "−" if value < 0 else ""
    value = abs(value)
    for size, word in _WORDS:
        if value >= size:
            return f"{sign}{number_words(float(f'{value / size:.6g}'))} {word}"
    return sign + number_words(float(f"{value:.6g}"))
