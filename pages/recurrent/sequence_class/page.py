"""The class of a sequence: from four integers to genes, and where a second direction helps."""

from pages.recurrent.sequence_class.training import takeaway, training

takeaway(training())
