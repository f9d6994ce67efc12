"""The sentences that say why a run ended, or why something cannot be done."""

from core.messages import N_

CRASHED = N_("Something went wrong inside the run; the server's log has the details.")
KILLED_FROM_OUTSIDE = N_(
    "The run's process was ended from outside, perhaps because the machine ran out of memory."
)
BROKE_DOWN = N_("The run's process crashed (exit status {status}).")
NOT_STARTED = N_("The run could not be started; the server's log has the details.")
OUT_OF_MEMORY = N_("The run needed more memory than it may use ({limit} MB) and was ended.")
NO_MEMORY_LEFT = N_("The machine has not enough memory left for this run.")
TOO_LONG = N_("The run took longer than it may ({limit} minutes) and was ended.")
PAUSED_TOO_LONG = N_("The run was paused longer than it may be ({limit} minutes) and was ended.")
TOO_MUCH = N_("The run produced more results than can be kept ({limit} MB) and was ended.")
STOPPED_BY_FORCE = N_("The run did not stop within {limit} seconds and was ended.")
LOST_TOO_OFTEN = N_(
    "The machines that computed this run were lost {count} times in a row, and it was ended."
)
NOT_WATCHED = N_("The run's use of the machine could not be measured, so it was ended.")
KILLED = N_("The run was ended.")
NEVER_BEGAN = N_("The run was ended before it began.")
SHUT_DOWN = N_("The server was shut down, and the run ended with it.")

NO_SUCH_RUN = N_("This run is no longer here; start it again.")
NOT_YOURS = N_("Only the visitor who started this run may do that.")
ALREADY_WAITING = N_("You already have a run waiting; wait until it begins, or stop it.")
TOO_MANY_WAITING = N_("Too many runs are waiting ({limit}); try again in a few minutes.")
NOT_LIVE = N_("{field} cannot be changed while a run goes on.")
OVER = N_("This run is over; its settings cannot be changed any more.")
CLOSED = N_("The server is shutting down; no run can be started.")
