"""The predictors of `eta`: the rule of today, least squares, and gradient-boosted trees.

Small and slow on purpose: the standard library is all that they use.
"""

from __future__ import annotations

from bisect import bisect_left
from random import Random
from statistics import fmean as mean, median
from typing import Callable, NamedTuple, Sequence

from eta_town import PACE, Trip

Predictor = Callable[[Trip], float]


class Features:
    """What a model sees of a trip; the usual time of each shop is learnt from the training trips."""

    def __init__(self, trips: Sequence[Trip]) -> None:
        self.usual = median(rest(trip) for trip in trips)
        by_shop: dict[int, list[float]] = {}
        for trip in trips:
            by_shop.setdefault(trip.shop, []).append(rest(trip))
        self.shops = {shop: median(times) for shop, times in by_shop.items()}

    def of(self, trip: Trip) -> list[float]:
        """The row of numbers for a trip."""
        hour = trip.at.hour + trip.at.minute / 60
        shop = self.shops.get(trip.shop, self.usual)
        zone = [float(trip.zone == 0), float(trip.zone == 2)]
        seen = [trip.distance, trip.items, trip.load, float(trip.rain)]
        return [*seen, hour, trip.at.weekday(), shop, *zone]


def rest(trip: Trip) -> float:
    """The part of a trip that the way does not explain, at the usual pace."""
    return trip.minutes - trip.distance * PACE[trip.zone]


def heuristic(trips: Sequence[Trip]) -> Predictor:
    """Today's rule: the usual time of the shop, and the way at the usual pace of the zone."""
    features = Features(trips)
    usual = features.usual
    return lambda trip: features.shops.get(trip.shop, usual) + trip.distance * PACE[trip.zone]


def linear(trips: Sequence[Trip]) -> Predictor:
    """Least squares on the features."""
    features = Features(trips)
    rows = [[1.0, *features.of(trip)] for trip in trips]
    width = len(rows[0])
    normal = [[sum(r[i] * r[j] for r in rows) for j in range(width)] for i in range(width)]
    right = [sum(r[i] * t.minutes for r, t in zip(rows, trips)) for i in range(width)]
    weights = solve(normal, right)
    return lambda trip: sum(w * x for w, x in zip(weights, [1.0, *features.of(trip)]))


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss's elimination with pivots."""
    rows = [row + [value] for row, value in zip(matrix, right)]
    size = len(rows)
    for at in range(size):
        best = max(range(at, size), key=lambda i: abs(rows[i][at]))
        rows[at], rows[best] = rows[best], rows[at]
        for i in range(size):
            if i != at:
                factor = rows[i][at] / rows[at][at]
                rows[i] = [x - factor * y for x, y in zip(rows[i], rows[at])]
    return [rows[i][size] / rows[i][i] for i in range(size)]


class Boosted:
    """Gradient-boosted trees on binned features, squared loss."""

    TREES, DEPTH, RATE, BINS, LEAF, SHARE = 110, 4, 0.09, 24, 15, 0.6

    def __init__(self, trips: Sequence[Trip], seed: int) -> None:
        rng = Random(seed)
        self.features = Features(trips)
        rows = [self.features.of(trip) for trip in trips]
        self.cuts = [cuts(sorted(column), self.BINS) for column in zip(*rows)]
        binned = [self.bin(row) for row in rows]
        self.base = mean(trip.minutes for trip in trips)
        left = [trip.minutes - self.base for trip in trips]
        self.trees: list[Tree] = []
        for _ in range(self.TREES):
            sample = [i for i in range(len(rows)) if rng.random() < self.SHARE]
            tree = self.grow(binned, left, sample, self.DEPTH)
            self.trees.append(tree)
            left = [rest - self.RATE * leaf(tree, row) for rest, row in zip(left, binned)]

    def __call__(self, trip: Trip) -> float:
        binned = self.bin(self.features.of(trip))
        return self.base + self.RATE * sum(leaf(tree, binned) for tree in self.trees)

    def bin(self, row: Sequence[float]) -> list[int]:
        return [bisect_left(edges, value) for edges, value in zip(self.cuts, row)]

    def grow(self, rows: list[list[int]], left: list[float], sample: list[int], depth: int) -> "Tree":
        value = mean(left[i] for i in sample)
        best = self.best_split(rows, left, sample) if depth else None
        if best is None:
            return Tree(value)
        feature, at = best
        low = [i for i in sample if rows[i][feature] <= at]
        high = [i for i in sample if rows[i][feature] > at]
        grown = [self.grow(rows, left, part, depth - 1) for part in (low, high)]
        return Tree(value, feature, at, *grown)

    def best_split(
        self, rows: list[list[int]], left: list[float], sample: list[int]
    ) -> tuple[int, int] | None:
        total, gain, best = sum(left[i] for i in sample), 1e-9, None
        for feature, edges in enumerate(self.cuts):
            sums, counts = [0.0] * (len(edges) + 1), [0] * (len(edges) + 1)
            for i in sample:
                bin_ = rows[i][feature]
                sums[bin_] += left[i]
                counts[bin_] += 1
            below, n = 0.0, 0
            for at in range(len(edges)):
                below, n = below + sums[at], n + counts[at]
                if min(n, len(sample) - n) < self.LEAF:
                    continue
                above = total - below
                now = below**2 / n + above**2 / (len(sample) - n) - total**2 / len(sample)
                if now > gain:
                    gain, best = now, (feature, at)
        return best

    def leaves(self) -> int:
        """How many leaves all trees have together."""
        return sum(count_leaves(tree) for tree in self.trees)


class Tree(NamedTuple):
    """A node of a tree: a leaf if it has no feature."""

    value: float
    feature: int = -1
    at: int = 0
    low: "Tree | None" = None
    high: "Tree | None" = None


def leaf(tree: Tree, row: list[int]) -> float:
    """The value of the leaf that a row falls into."""
    while tree.feature >= 0:
        tree = tree.low if row[tree.feature] <= tree.at else tree.high  # type: ignore[assignment]
    return tree.value


def count_leaves(tree: Tree) -> int:
    if tree.feature < 0:
        return 1
    return count_leaves(tree.low) + count_leaves(tree.high)  # type: ignore[arg-type]


def cuts(column: list[float], bins: int) -> list[float]:
    """Edges that split a sorted column into about equal parts."""
    edges = {column[len(column) * i // bins] for i in range(1, bins)}
    return sorted(edges)
