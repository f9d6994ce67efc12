"""The linear autoencoder: trained without activations, it finds the space of PCA."""

from pages.autoencoders.linear_autoencoder.instrument import instrument
from pages.autoencoders.linear_autoencoder.training import takeaway, training
from ui.autoencoders.comparison_table import comparison_table
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()

with figure:
    instrument()

with text:
    introduction("linear-autoencoder")

run = training()
takeaway(run)
comparison_table()
