"""When the rows of a table were: dates in cells, in several columns, or counted; their order."""
