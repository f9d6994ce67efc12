"""What the two sides call things. Imports nothing of Dask."""

from core import __version__

SLOT = f"pangloss-{__version__}"  # a resource of Dask: only workers of our version have it
VERSION = "pangloss-version"  # in the scheduler's metadata: that of the servers
RELAY = "pangloss"  # the extension of a worker
ASK, TELL, END, HAVE, KEEP = (f"pangloss_{verb}" for verb in ("ask", "tell", "end", "have", "keep"))
