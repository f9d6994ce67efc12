"""This machine: a job is a process, forked from one that has imported Keras, or a spare one.

``processes`` is where they come from, ``local_worker`` the server's side, ``worker`` the job's.
"""
