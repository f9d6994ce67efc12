"""The lessons of the chapter Recurrent networks."""
