"""The lessons, a package each: ``page.py`` is the script, the other files are its parts."""
