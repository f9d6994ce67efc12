"""The next value: a network held against "same as yesterday", and continuing by its own answers."""

from pages.recurrent.next_value.training import takeaway, training

takeaway(training())
