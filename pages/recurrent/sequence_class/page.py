"""The class of a sequence: from four integers to genes, and where a second direction helps."""

from pages.recurrent.sequence_class.directions import directions
from pages.recurrent.sequence_class.training import takeaway, training

run = training()
directions(run)
takeaway(run)
