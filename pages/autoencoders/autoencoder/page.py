"""Simple and stacked autoencoders: from one hidden layer to deep, beside PCA."""

from pages.autoencoders.autoencoder.instrument import instrument
from pages.autoencoders.autoencoder.training import takeaway, training
from ui.autoencoders.comparison_table import comparison_table
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()

with figure:
    instrument()

with text:
    introduction("autoencoder")

run = training()
takeaway(run)
comparison_table()
