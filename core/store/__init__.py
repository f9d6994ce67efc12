"""What lasts: finished runs and whose they are, in a database, and files beside it."""

from core.store.archive import Archive
from core.store.event_file import Recording
from core.store.runs import Kept, Seen
from core.store.settings import Settings

__all__ = ["Archive", "Kept", "Recording", "Seen", "Settings"]
