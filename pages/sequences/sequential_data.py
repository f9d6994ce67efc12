"""Sequential data: what sequences are, as which array a network sees them, and what masks do."""

from ui.lessons.sequences_feed_forward import feed_forward
from ui.lessons.sequences_gallery import gallery
from ui.lessons.sequences_padding import padding
from ui.lessons.sequences_tasks import tasks

gallery()
padding()
tasks()
feed_forward()
