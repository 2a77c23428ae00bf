"""What a measurement gives: rows of settings, of values, and of predictions beside what was measured."""

from __future__ import annotations

from dataclasses import dataclass, field

Cell = str | int | float | bool


@dataclass(frozen=True)
class Pair:
    """A quantity as predicted and as measured."""

    predicted: float
    measured: float

    @property
    def ratio(self) -> float:
        """Measured over predicted."""
        return self.measured / self.predicted


@dataclass
class Measurement:
    """A table. Its columns are named in lab/words.yml, in both languages, with their units."""

    slug: str
    rows: list[dict[str, Cell | Pair]] = field(default_factory=list)

    def add(self, **cells: Cell | Pair) -> None:
        self.rows.append(cells)


Json = dict[str, object]


def to_json(measurement: Measurement) -> list[Json]:
    """The rows as the record has them."""
    return [
        {
            name: {"predicted": cell.predicted, "measured": cell.measured} if isinstance(cell, Pair) else cell
            for name, cell in row.items()
        }
        for row in measurement.rows
    ]


def from_json(slug: str, rows: list[Json]) -> Measurement:
    """What `to_json` wrote."""
    read = [{name: Pair(**cell) if isinstance(cell, dict) else cell for name, cell in row.items()} for row in rows]
    return Measurement(slug, read)  # type: ignore[arg-type]
