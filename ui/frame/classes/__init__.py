"""The class: the teacher's page, the students' way in, and the line at the head of their pages."""
