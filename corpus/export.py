"""Measures as JSON-ready dicts, the form in which other programs take them."""

from typing import Any

from corpus.records import Measure


def measure_to_json(measure: Measure) -> dict[str, Any]:
    """One record as `huiwen corpus export` prints it."""
    record = {
        "measure_id": measure.measure_id,
        "kind": measure.kind,
        "number": measure.number,
        "title": measure.title,
        "section": measure.section,
        "lead_unit": measure.lead_unit,
        "units": list(measure.units),
        "units_source": measure.units_source,
        "text": measure.text,
        "start": measure.start,
        "end": measure.end,
    }
    # Only where the number does not say the place: records of numbered measures stay as they were.
    if measure.label:
        record["label"] = measure.label
    if measure.header:
        record["header"] = measure.header
    return record
