"""The service `eta` as it runs: which days its models saw, who answers, how fast."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp
from random import Random
from typing import Sequence

from eta_predictors import Boosted
from eta_town import FIRST_DAY, ZONES, Trip, make_shops, make_trips


def between(trips: Sequence[Trip], first: str, last: str) -> list[Trip]:
    """The trips of some days, both ends included."""
    low, high = date.fromisoformat(first), date.fromisoformat(last)
    return [trip for trip in trips if low <= trip.at.date() <= high]


class Town:
    """The trips, and the models that the notes speak of."""

    SEED = 1

    def __init__(self) -> None:
        self.shops = make_shops(Random(self.SEED))
        self.trips = make_trips(Random(self.SEED))
        self.first = between(self.trips, "2026-03-02", "2026-05-31")
        self.test = between(self.trips, "2026-06-15", "2026-06-28")
        self.holdout = between(self.trips, "2026-09-28", "2026-10-11")
        self.live = between(self.trips, "2026-11-02", "2026-11-08")
        self.seeds = [Boosted(self.first, seed) for seed in (1, 2, 3)]
        self.served = Boosted(between(self.trips, "2026-06-29", "2026-09-27"), 1)

    def is_new_shop(self, trip: Trip) -> bool:
        """Whether a trip is from a shop that opened less than four weeks before."""
        opened = self.shops[trip.shop].opened
        return opened > FIRST_DAY and trip.at.date() - opened < timedelta(days=28)

    def answer(self, trip: Trip, clock: float = 0.0) -> float:
        """What production promises: the model's estimate, but a dispatcher's for new shops.

        `clock` is by how many hours the features are off, the defect of the postmortem.
        """
        if self.is_new_shop(trip):
            return trip.dispatcher
        return self.served(trip._replace(at=trip.at + timedelta(hours=clock)))

    def slices(self, trips: Sequence[Trip]) -> dict[str, list[Trip]]:
        """The parts of a test set that are looked at by themselves."""
        parts = {name: [t for t in trips if t.zone == zone] for zone, name in enumerate(ZONES)}
        parts["rain"] = [t for t in trips if t.rain]
        parts["evening peak"] = [t for t in trips if 18 <= t.at.hour < 20]
        parts["new shops"] = [t for t in trips if self.is_new_shop(t)]
        return parts


DRAWS = 20_000


def latencies() -> tuple[list[float], list[float]]:
    """Milliseconds of the model alone in a notebook, and of a whole request in production.

    Drawn from distributions that are declared here; no machine was timed.
    """
    rng = Random(7)
    model = lambda: 4.0 * exp(rng.gauss(0, 0.25))
    alone = [model() for _ in range(DRAWS)]
    served = []
    for _ in range(DRAWS):
        network, lookup = 9.0 * exp(rng.gauss(0, 0.35)), 14.0 * exp(rng.gauss(0, 0.5))
        retry = rng.expovariate(1 / 40) if rng.random() < 0.02 else 0.0
        served.append(network + lookup + model() + retry)
    return alone, served


def feature_ages() -> list[float]:
    """Seconds since the load of the couriers was last updated, when a prediction reads it."""
    rng = Random(8)
    return [rng.uniform(0, 30) + rng.expovariate(1 / 4) for _ in range(DRAWS)]


def replays() -> list[float]:
    """For each logged prediction 1 if replaying its log gives the same value, else 0."""
    rng = Random(9)
    return [float(rng.random() < 0.996) for _ in range(5_000)]
