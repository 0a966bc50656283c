"""papertrack history."""

from papertrack import store
from papertrack.arguments import CataloguePath, Json
from papertrack.history import taking_back
from papertrack.terminal import timeline

EXAMPLES = ("papertrack history", "papertrack history --json")


def history(*, as_json: Json = False, catalogue: CataloguePath = None) -> None:
    """List the changes that can be taken back, the newest last."""
    records = taking_back.records(store.find_recorded(catalogue))
    timeline.changes_json(records) if as_json else timeline.changes(records)
