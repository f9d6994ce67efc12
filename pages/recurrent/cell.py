"""The cell, step by step: an RNN, an LSTM or a GRU small enough to follow every number."""

from ui.lessons.cell_page import lesson

lesson()
