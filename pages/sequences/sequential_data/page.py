"""Sequential data: what sequences are, as which array a network sees them, and what masks do."""

from pages.sequences.sequential_data.feed_forward import feed_forward
from pages.sequences.sequential_data.gallery import gallery
from pages.sequences.sequential_data.padding import padding
from pages.sequences.sequential_data.tasks import tasks

gallery()
padding()
tasks()
feed_forward()
