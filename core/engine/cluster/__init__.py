"""Other machines: jobs get their processes on the workers of a Dask cluster.

``processes`` is the server's side, ``relay`` the workers'. Whoever has not been told of a cluster
imports nothing of Dask.
"""
