"""Carries the ids of figures from a document's ledger to its passages of today.

`p12-f1` is a published address of one claim. It stays on that claim when the text around it, the
number itself or its place in the passage changes; where that is not certain it becomes an alias of
the passage, and the figure of today gets a new number: lost is better than wrong.

The reasons beside constants and rules are measured: over trials of invented and of real sentences
whose claims are known, "lost" are addresses that lead to their passage only, "wrong" those that
lead to another claim. In sentences and lists of 200,000 none is wrong; where a real sentence gives
way to another that counts the same thing, of 1,000 about 20 are.
"""

from builder.aligning.figures.addresses import Carried, CarriedFigures, FigureAddress, home_of
from builder.aligning.figures.carrying import carry_figures

__all__ = ("Carried", "CarriedFigures", "FigureAddress", "carry_figures", "home_of")
