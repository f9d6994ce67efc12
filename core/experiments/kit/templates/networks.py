"""The networks of a run's script, written by ``core.numeric.recurrent.stack.code``."""

import keras

model = dense = rnn = lstm = gru = irnn = keras.Sequential()
