#!/usr/bin/env python3
"""The numbers of `eta`, the invented delivery-time predictor of the handbook.

Nothing here was measured. A courier service in a made-up town is simulated, trip by trip; three
predictors are then really fitted to these trips and really evaluated. So the tables of the
handbook hang together as those of a true system would, and say nothing about any.

    python3 scripts/eta_numbers.py          writes content/systems/eta/data/ and the `results` in the
                                            front matter of the model card and the offline test
    python3 scripts/eta_numbers.py --check  writes nothing; exit code 1 if something is out of date

The town is in eta_town.py, the predictors in eta_predictors.py, the running service in
eta_service.py, intervals and data files in eta_measures.py. Python 3.9 or newer, standard library only.
Every random number comes from a generator with a fixed seed, so two runs give the same bytes.
Takes about half a minute.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import fmean as mean
from typing import Sequence

from eta_measures import (
    NOT_APPLICABLE, NOT_MEASURED, PENDING, WITHHELD, Cell, Metric, errors, late, long_form, mae,
    measured, p90, quantile, records, wide_form,
)
from eta_predictors import Features, Predictor, heuristic, linear
from eta_service import Town, between, feature_ages, latencies, replays
from eta_town import ZONES, Trip

ETA = Path(__file__).resolve().parent.parent / "content" / "systems" / "eta"
CARD = ETA / "cards" / "eta-model-card.md"
TEST = ETA / "experiments" / "eta-exp-offline.md"


Table = dict[Metric, dict[str, Cell]]
GATES = {"centre": "5.0", "suburbs": "5.0", "hills": "5.0", "new shops": "6.0"}


def offline(town: Town) -> str:
    """The offline test: three predictors, and the dispatchers for reference."""
    test = town.test
    sides: dict[str, Predictor] = {
        "heuristic": heuristic(town.first),
        "linear": linear(town.first),
        "gradient-boosted": town.seeds[0],
        "dispatcher": lambda trip: trip.dispatcher,
    }
    parts = town.slices(test)
    paired = {"whole": test, "new shops": parts["new shops"]}
    tables = (accuracy(sides, test), by_slice(sides, parts), gains(sides, paired), upkeep(town))
    return long_form({metric: line for table in tables for metric, line in table.items()})


def accuracy(sides: dict[str, Predictor], test: Sequence[Trip]) -> Table:
    """How wrong each side is on the whole test set."""
    wrong = {side: errors(predict, test) for side, predict in sides.items()}
    measures = {
        Metric("Accuracy", "MAE", "min", "lower", "4.5"): (mae, 2),
        Metric("Accuracy", "p90 absolute error", "min", "lower"): (p90, 1),
        Metric("Accuracy", "Late share", "%", "lower", "5"): (late, 1),
        Metric("Accuracy", "Bias", "min", "target", target="0"): (mean, 2),
    }
    return {
        metric: {side: measured(it, measure, digits) for side, it in wrong.items()}
        for metric, (measure, digits) in measures.items()
    }


def by_slice(sides: dict[str, Predictor], parts: dict[str, list[Trip]]) -> Table:
    """The same error on the parts, and the parts for which nobody can say."""
    table: Table = {}
    for name, part in parts.items():
        metric = Metric("MAE by slice", f"MAE, {name}", "min", "lower", GATES.get(name, ""))
        table[metric] = {side: measured(errors(it, part), mae) for side, it in sides.items()}
    for name, cell in (("couriers on foot", NOT_MEASURED), ("public holidays", PENDING)):
        table[Metric("MAE by slice", f"MAE, {name}", "min", "lower")] = dict.fromkeys(sides, cell)
    return table


def gains(sides: dict[str, Predictor], parts: dict[str, list[Trip]]) -> Table:
    """By how much each side differs from the heuristic on the very same trips."""
    table: Table = {}
    for name, part in parts.items():
        rule = errors(sides["heuristic"], part)
        metric = Metric("MAE against the heuristic", f"Paired difference, {name}", "min", "lower")
        table[metric] = {
            side: measured([abs(a) - abs(b) for a, b in zip(errors(it, part), rule)], mean, 2)
            for side, it in sides.items()
        }
        table[metric]["heuristic"] = NOT_APPLICABLE
    return table


def upkeep(town: Town) -> Table:
    """What each side costs to keep."""
    spread = [mae(errors(model, town.test)) for model in town.seeds]
    sides = ("heuristic", "linear", "gradient-boosted", "dispatcher")
    lines = {
        Metric("Upkeep", "Spread of the MAE over seeds", "min", "lower"): (
            NOT_APPLICABLE, NOT_APPLICABLE, Cell(f"{max(spread) - min(spread):.2f}", n="3"),
            NOT_MEASURED),
        Metric("Upkeep", "Numbers to learn", "parameters", "lower"): (
            Cell(str(len(Features(town.first).shops) + 1)), Cell("10"),
            Cell(str(town.seeds[0].leaves())), NOT_APPLICABLE),
        Metric("Upkeep", "Cost per thousand predictions", "EUR", "lower", "0.40"): (
            guessed("0.05"), guessed("0.10"), guessed("0.30"), WITHHELD),
    }
    return {metric: dict(zip(sides, line)) for metric, line in lines.items()}


def production(town: Town) -> str:
    """The research build and the production build, with what must be and what should be."""
    alone, served = latencies()
    calm, live = errors(town.served, town.holdout), errors(town.answer, town.live)
    worst_calm, worst_live = worst_zone(town.served, town.holdout), worst_zone(town.answer, town.live)
    new_calm, new_live = (town.slices(it)["new shops"] for it in (town.holdout, town.live))
    card = "../cards/eta-model-card.md#quantitative-analyses"
    p50, p99 = (lambda it: quantile(it, 0.5)), (lambda it: quantile(it, 0.99))
    rows = {
        Metric("Latency and load", "p50 latency", "ms", "lower", "50"): (
            measured(alone, p50), measured(served, p50), Cell("40.0")),
        Metric("Latency and load", "p99 latency", "ms", "lower", "120"): (
            measured(alone, p99), measured(served, p99), Cell("100.0")),
        Metric("Latency and load", "Throughput", "predictions/s", "higher", "60"): (
            guessed("9000"), guessed("140"), Cell("100")),
        Metric("Quality", "MAE", "min", "lower", "4.5"): (
            measured(calm, mae, 2, evidence=card, date="2026-10-11"),
            measured(live, mae, 2, evidence=card, date="2026-11-08"),
            Cell("3.80")),
        Metric("Quality", "Late share", "%", "lower", "5"): (
            measured(calm, late), measured(live, late), Cell("4.0")),
        Metric("Quality", "Bias", "min", "target", target="0"): (
            measured(calm, mean, 2), measured(live, mean, 2), Cell("0.00")),
        Metric("Data", "p99 age of the load feature", "s", "lower", "60"): (
            NOT_APPLICABLE, measured(feature_ages(), p99), Cell("30.0")),
        Metric("Data", "Age of the newest training trip", "days", "lower", "28"): (
            Cell("14"), Cell("42", date="2026-11-08"), Cell("14")),
        Metric("Fairness", "MAE, worst zone", "min", "lower", "5.0"): (
            measured(worst_calm, mae, 2), measured(worst_live, mae, 2), Cell("4.50")),
        Metric("Fairness", "MAE, new shops", "min", "lower", "6.0"): (
            measured(errors(town.served, new_calm), mae, 2),
            measured(errors(town.answer, new_live), mae, 2),
            Cell("5.00")),
        Metric("Fairness", "MAE gap by income of the neighbourhood", "min", "lower", "0.5"): (
            NOT_MEASURED, NOT_MEASURED, Cell("0.30")),
        Metric("Interpretability", "Reason shown to the customer"): (
            Cell("no"), Cell("partly"), Cell("yes")),
        Metric("Interpretability", "Predictions replayed from their log", "%", "higher", "99.90"): (
            Cell("100.00"), measured(replays(), lambda it: 100 * mean(it), 2), Cell("100.00")),
        Metric("Cost", "Cost per thousand predictions", "EUR", "lower", "0.40"): (
            NOT_APPLICABLE, guessed("0.31"), Cell("0.25")),
        Metric("Cost", "Dispatcher time for new shops", "h/week", "lower"): (
            NOT_APPLICABLE, WITHHELD, NOT_APPLICABLE),
        Metric("Cost", "Energy per thousand predictions", "Wh", "lower"): (
            NOT_MEASURED, PENDING, NOT_APPLICABLE),
    }
    sides = ("Research", "Production", "Target")
    return long_form({metric: dict(zip(sides, line)) for metric, line in rows.items()})


def guessed(value: str) -> Cell:
    """A value that was reckoned and not measured, even in this world."""
    return Cell(value, state="estimated")


def worst_zone(predict: Predictor, trips: Sequence[Trip]) -> list[float]:
    """The errors in the zone where they are largest."""
    zones = ([trip for trip in trips if trip.zone == zone] for zone in range(len(ZONES)))
    return max((errors(predict, part) for part in zones), key=mae)


INCIDENT = ("2026-10-25", "2026-10-27")
WINDOW, ALARM = 100, 5.0  # the alarm on quality: so many deliveries, so many minutes


def skew(town: Town) -> str:
    """The week before the clocks changed, the three days with a wrong clock, the week after."""
    spans = {
        "Before": ("2026-10-18", "2026-10-24", 0.0),
        "During": (*INCIDENT, 1.0),
        "Same days, right clock": (*INCIDENT, 0.0),
        "After": ("2026-10-28", "2026-11-03", 0.0),
    }
    trips = [between(town.trips, first, last) for first, last, _ in spans.values()]
    wrong = [off_by(town, clock, part) for part, (_, _, clock) in zip(trips, spans.values())]
    alarms = [rolling(town, part, it) for part, it in zip(trips, wrong)]
    cells = {
        Metric("", "MAE", "min", "lower"): [measured(it, mae, 2) for it in wrong],
        Metric("", "Late share", "%", "lower"): [measured(it, late) for it in wrong],
        Metric("", "Bias", "min", "none"): [measured(it, mean, 2) for it in wrong],
        Metric("", f"Highest MAE of {WINDOW} deliveries in a row", "min", "lower"): [
            Cell(f"{max(it):.2f}") for it in alarms
        ],
        Metric("", f"First such MAE above {ALARM} min"): [
            Cell(first_alarm(part, it)) for part, it in zip(trips, alarms)
        ],
    }
    return wide_form(tuple(spans), cells)


def off_by(town: Town, clock: float, trips: Sequence[Trip]) -> list[float]:
    """The errors of production when its features are so many hours off."""
    return errors(lambda trip: town.answer(trip, clock), trips)


def rolling(town: Town, trips: Sequence[Trip], wrong: Sequence[float]) -> list[float]:
    """For each trip the MAE of the last `WINDOW` deliveries, itself included."""
    earlier = [trip for trip in town.trips if trip.at < trips[0].at][-WINDOW + 1 :]
    history = [*errors(town.answer, earlier), *wrong]
    return [mae(history[at : at + WINDOW]) for at in range(len(wrong))]


def first_alarm(trips: Sequence[Trip], alarms: Sequence[float]) -> str:
    """When the alarm would have fired."""
    fired = (trip.at for trip, value in zip(trips, alarms) if value > ALARM)
    return next((f"{at:%d %B, %H:%M}" for at in fired), "none")


def skew_by_hour(town: Town) -> str:
    """The bias of the three days by time of day: what cancels in the sum."""
    trips = between(town.trips, *INCIDENT)
    cells = {}
    for start, end in ((8, 12), (12, 13), (13, 17), (17, 19), (19, 20), (20, 23)):
        part = [trip for trip in trips if start <= trip.at.hour < end]
        cells[Metric("", f"Bias, orders from {start} to {end} h", "min", "none")] = [
            measured(off_by(town, clock, part), mean, 1) for clock in (1.0, 0.0)
        ]
    return wide_form(("Wrong clock", "Right clock"), cells, "\t")


def staleness(town: Town) -> str:
    """What a model of the trips up to the end of May is worth as it grows old."""
    spans = {
        "2 weeks": ("2026-06-01", "2026-06-14"),
        "8 weeks": ("2026-07-13", "2026-07-26"),
        "14 weeks": ("2026-08-24", "2026-09-06"),
        "20 weeks": ("2026-10-05", "2026-10-18"),
    }
    model = town.seeds[0]
    wrong = {age: errors(model, between(town.trips, *days)) for age, days in spans.items()}
    measures = {
        Metric("", "MAE", "min", "lower"): (mae, 2),
        Metric("", "Late share", "%", "lower"): (late, 1),
        Metric("", "Bias", "min", "none"): (mean, 2),
    }
    return records({
        metric: {age: measured(it, measure, digits) for age, it in wrong.items()}
        for metric, (measure, digits) in measures.items()
    })


RESULTS = "results: # written by scripts/eta_numbers.py\n"


def results(town: Town) -> str:
    """The `results` of the model card: hold-out and live, whole and by slice."""
    lines = []
    for split, trips, predict, day in (
        ("hold-out", town.holdout, town.served, "2026-10-11"),
        ("live", town.live, town.answer, "2026-11-08"),
    ):
        wrong = errors(predict, trips)
        cells = {("Whole", "MAE", "min"): measured(wrong, mae, 2)}
        cells["Whole", "Late share", "%"] = measured(wrong, late)
        for name, part in town.slices(trips).items():
            cells["By slice", f"MAE, {name}", "min"] = measured(errors(predict, part), mae, 2)
        cells["By slice", "MAE, couriers on foot", "min"] = NOT_MEASURED
        lines += [result(*of, cell, f"split: {split}", day) for of, cell in cells.items()]
    return RESULTS + "".join(lines)


def seeds(town: Town) -> str:
    """The `results` of the offline test: one model from three seeds."""
    lines = []
    for seed, model in enumerate(town.seeds, start=1):
        wrong = errors(model, town.test)
        side = f"model: seed {seed}"
        for metric, unit, cell in (
            ("MAE", "min", measured(wrong, mae, 2)),
            ("Late share", "%", measured(wrong, late)),
        ):
            lines.append(result("", metric, unit, cell, side, "2026-06-28"))
    return RESULTS + "".join(lines)


def result(group: str, metric: str, unit: str, cell: Cell, side: str, day: str) -> str:
    """One entry, on one line."""
    fields = [f"group: {group}"] if group else []
    fields += [f'metric: "{metric}"', side, f'unit: "{unit}"']
    fields += ["direction: lower", "dataset: eta-dataset-trips", f"date: {day}"]
    if cell.value:
        fields += [f"value: {cell.value}", f"ci: [{cell.lo}, {cell.hi}]", f"n: {cell.n}"]
    else:
        fields += [f"state: {cell.state}"]
    return f"  - {{ {', '.join(fields)} }}\n"


def with_results(note: Path, written_results: str) -> str:
    """The note with its `results` replaced."""
    before, rest = note.read_text(encoding="utf-8").split(RESULTS, 1)
    kept = rest.split("\n")
    while kept and kept[0].startswith("  - "):
        kept.pop(0)
    return before + written_results + "\n".join(kept)


def files() -> dict[Path, str]:
    """Every file that this script writes, with what belongs in it."""
    town, data = Town(), ETA / "data"
    return {
        data / "offline.csv": offline(town),
        data / "production.csv": production(town),
        data / "skew.csv": skew(town),
        data / "skew-by-hour.tsv": skew_by_hour(town),
        data / "staleness.json": staleness(town),
        CARD: with_results(CARD, results(town)),
        TEST: with_results(TEST, seeds(town)),
    }


def main(arguments: Sequence[str]) -> int:
    stale = 0
    for path, text in files().items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(path.relative_to(ETA))
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
    return int("--check" in arguments and stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
