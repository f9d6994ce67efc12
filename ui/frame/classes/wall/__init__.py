"""The wall: the runs of a class as curves and as points, and what is taken away of them."""
