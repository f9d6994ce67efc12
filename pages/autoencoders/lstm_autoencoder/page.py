"""The LSTM autoencoder: heartbeats through a short code and back; what it copies badly is odd."""

from pages.autoencoders.lstm_autoencoder.instrument import instrument
from pages.autoencoders.lstm_autoencoder.training import takeaway, training
from ui.autoencoders.comparison_table import comparison_table
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()

with figure:
    instrument()

with text:
    introduction("lstm-autoencoder")

run = training()
takeaway(run)
comparison_table()
