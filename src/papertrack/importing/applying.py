"""The plan of an import carried out in a catalogue."""

from collections.abc import Mapping

from papertrack.catalogue import Draft
from papertrack.fields import Value
from papertrack.importing.plan import Plan
from papertrack.models import FIELDS, SUBTABLES, Paper


def apply(plan: Plan, draft: Draft) -> None:
    """Make the changes of the plan in the catalogue."""
    if plan.labs:
        draft.set_table("labs", {lab: list(others) for lab, others in plan.labs.items()})
    for entry in plan.updated:
        if entry.before is not None:
            draft.change(entry.before.key, _changes(entry.before, entry.after))
    for paper in plan.added:
        draft.add(paper, last=True)  # a list keeps its order, whatever its papers' labs


def _changes(before: Paper, after: Paper) -> dict[str, Value | Mapping[str, str] | None]:
    """Return the fields that differ, as the catalogue is told of them."""
    return {
        name: getattr(after, name)
        for name in (*FIELDS, *SUBTABLES)
        if getattr(before, name) != getattr(after, name)
    }
