"""The student's side: the way in, the line at the head of every page, and a question's answer."""
