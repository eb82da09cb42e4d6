"""Errors, intervals, and the data files in which the notes of `eta` show them."""

from __future__ import annotations

import csv
import io
import json
from random import Random
from statistics import fmean as mean
from typing import Callable, NamedTuple, Sequence

from eta_predictors import Predictor
from eta_town import Trip

LATE = 10.0  # minutes after the promised time from which a delivery counts as late
RESAMPLES = 500


class Cell(NamedTuple):
    """What is known of one metric on one side."""

    value: str = ""
    lo: str = ""
    hi: str = ""
    n: str = ""
    state: str = "value"
    evidence: str = ""
    note: str = ""
    date: str = ""


class Metric(NamedTuple):
    """One row of a comparison."""

    group: str
    label: str
    unit: str = ""
    direction: str = ""
    gate: str = ""
    target: str = ""


NOT_MEASURED, NOT_APPLICABLE = Cell(state="not-measured"), Cell(state="not-applicable")
PENDING, WITHHELD = Cell(state="pending"), Cell(state="withheld")


def errors(predict: Predictor, trips: Sequence[Trip]) -> list[float]:
    """Real minus promised, in minutes: positive is late."""
    return [trip.minutes - predict(trip) for trip in trips]


def mae(wrong: Sequence[float]) -> float:
    return mean(abs(error) for error in wrong)


def p90(wrong: Sequence[float]) -> float:
    return quantile([abs(error) for error in wrong], 0.9)


def late(wrong: Sequence[float]) -> float:
    return 100 * mean(error > LATE for error in wrong)


def quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measured(
    wrong: Sequence[float],
    measure: Callable[[Sequence[float]], float],
    digits: int = 1,
    **more: str,
) -> Cell:
    """A measure with its 95 % interval by bootstrap."""
    rng, n = Random(2026), len(wrong)
    again = [measure([wrong[int(rng.random() * n)] for _ in wrong]) for _ in range(RESAMPLES)]
    ends = (quantile(again, 0.025), quantile(again, 0.975))
    value, lo, hi = (decimal(it, digits) for it in (measure(wrong), *ends))
    return Cell(value, lo, hi, str(n), **more)


def decimal(value: float, digits: int) -> str:
    """A number with so many digits, and never a negative zero."""
    return f"{round(value, digits) + 0.0:.{digits}f}"


LONG = ("group", "metric", "unit", "direction", "gate", "target", "side")


def long_form(cells: dict[Metric, dict[str, Cell]]) -> str:
    """A CSV with a line for each cell."""
    rows = [[*metric, side, *cell] for metric, sides in cells.items() for side, cell in sides.items()]
    return to_csv([[*LONG, *Cell._fields], *rows])


def records(cells: dict[Metric, dict[str, Cell]]) -> str:
    """The same as JSON: a list of records, which leave out what they do not say."""
    named = [
        {**metric._asdict(), "side": side, **cell._asdict()}
        for metric, sides in cells.items()
        for side, cell in sides.items()
    ]
    lines = [json.dumps({key: it for key, it in record.items() if it}) for record in named]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def wide_form(
    sides: Sequence[str], cells: dict[Metric, Sequence[Cell]], delimiter: str = ","
) -> str:
    """A sheet with a line for each metric; a cell as one would write it in a note."""
    rows = [[m.label, m.unit, m.direction, *map(written, line)] for m, line in cells.items()]
    return to_csv([["metric", "unit", "direction", *sides], *rows], delimiter)


def written(cell: Cell) -> str:
    """A cell in the form in which notes have it: `5.1 [4.8, 5.4] (n=120)`."""
    interval = f" [{cell.lo}, {cell.hi}]" if cell.lo else ""
    count = f" (n={cell.n})" if cell.n else ""
    return f"{cell.value}{interval}{count}" if cell.value else cell.state.replace("-", " ")


def to_csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()
