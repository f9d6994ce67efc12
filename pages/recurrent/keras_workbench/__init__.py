"""The lesson keras-workbench."""
