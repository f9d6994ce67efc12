"""The teacher's side: a class is opened, invited, asked, sent somewhere, looked at and ended."""
