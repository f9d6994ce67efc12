"""The variational autoencoder: a code that is a distribution, and a prior to draw from."""

from pages.autoencoders.variational_autoencoder.instrument import instrument
from pages.autoencoders.variational_autoencoder.training import takeaway, training
from ui.autoencoders.comparison_table import comparison_table
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()

with figure:
    selection = instrument()

with text:
    introduction("variational-autoencoder")

run = training(selection)
takeaway(run)
comparison_table()
