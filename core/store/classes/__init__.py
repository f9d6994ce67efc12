"""Classes: who opens one, who is in it, what is asked there and what is trained."""
