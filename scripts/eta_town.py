"""The made-up town of `eta`: its shops, and every delivery of a year, simulated with a seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import exp
from random import Random
from typing import NamedTuple, Sequence

ZONES = ("centre", "suburbs", "hills")
PACE = (3.4, 2.4, 3.9)  # minutes per kilometre, on a quiet dry day
ROADWORKS = date(2026, 9, 7)  # from here on the suburbs are slower: the drift of this world
FIRST_DAY, LAST_DAY = date(2026, 3, 2), date(2026, 11, 8)


class Shop(NamedTuple):
    """A shop that has its goods delivered."""

    prep: float  # minutes to prepare an order, on a quiet day
    zone: int
    opened: date


class Trip(NamedTuple):
    """One delivery."""

    at: datetime  # when it was ordered, local time
    shop: int
    distance: float  # kilometres
    items: int
    zone: int
    load: float  # open orders per courier, as the system saw it
    rain: bool
    minutes: float  # from the order to the door
    dispatcher: float  # what a dispatcher had estimated


def bump(hour: float, centre: float, width: float) -> float:
    """A peak of the day: 1 at its centre, fading over `width` hours."""
    return exp(-(((hour - centre) / width) ** 2))


def make_shops(rng: Random) -> list[Shop]:
    """Forty shops, of which the last six open in the course of the year."""
    late = [date(2026, 6, 8), date(2026, 6, 12), date(2026, 6, 16)]
    late += [date(2026, 9, 21), date(2026, 10, 19), date(2026, 10, 27)]
    opened = [FIRST_DAY] * 34 + late
    return [Shop(rng.uniform(6, 22), pick(rng, (5, 4, 3)), day) for day in opened]


def make_trips(rng: Random) -> list[Trip]:
    """All trips of the year, in order."""
    shops, trips, day = make_shops(rng), [], FIRST_DAY
    while day <= LAST_DAY:
        rain = rng.random() < 0.28
        busy = 1.25 if day.weekday() in (4, 5) else 1.0
        hours = sorted(order_hour(rng) for _ in range(round(rng.gauss(55 * busy, 6))))
        open_shops = [i for i, shop in enumerate(shops) if shop.opened <= day]
        for hour in hours:
            index = open_shops[int(rng.random() * len(open_shops))]
            trips.append(make_trip(rng, day, hour, busy, rain, index, shops[index]))
        day += timedelta(days=1)
    return trips


def make_trip(
    rng: Random, day: date, hour: float, busy: float, rain: bool, index: int, shop: Shop
) -> Trip:
    """One trip: preparation, waiting for a courier, the way, and bad luck."""
    load = busy * (0.5 + 1.5 * bump(hour, 12.6, 0.7) + 2.4 * bump(hour, 19.2, 0.9))
    distance = 0.4 + rng.expovariate(1 / 2.1)
    items = 1 + int(rng.expovariate(1 / 2.5))
    rush = 1 + 0.35 * bump(hour, 17.6, 0.9) + 0.25 * bump(hour, 8.4, 0.9)
    wet = (1.35 if shop.zone == 2 else 1.15) if rain else 1.0
    dug = 1.25 if shop.zone == 1 and day >= ROADWORKS else 1.0
    expected = shop.prep * (1 + 0.15 * load) + 0.4 * items + 4.5 * load
    expected += distance * PACE[shop.zone] * rush * wet * dug
    luck = exp(rng.gauss(0, 0.11)) * expected
    luck += rng.gauss(16, 5) if rng.random() < 0.03 else 0
    guess = expected * exp(rng.gauss(-0.05, 0.17))
    return Trip(
        at=datetime(day.year, day.month, day.day) + timedelta(hours=hour),
        shop=index,
        distance=distance,
        items=items,
        zone=shop.zone,
        load=load * exp(rng.gauss(0, 0.8)),
        rain=rain,
        minutes=luck,
        dispatcher=max(10.0, 5 * round(guess / 5)),
    )


def order_hour(rng: Random) -> float:
    """A time of day: few orders in the morning, most at noon and in the evening."""
    while True:
        hour = rng.uniform(8, 22.5)
        if rng.random() < 0.25 + 0.6 * bump(hour, 12.6, 1.2) + 0.75 * bump(hour, 19, 1.5):
            return hour


def pick(rng: Random, weights: Sequence[int]) -> int:
    """An index, each as likely as its weight says."""
    at = rng.random() * sum(weights)
    for index, weight in enumerate(weights):
        at -= weight
        if at < 0:
            return index
    return len(weights) - 1
