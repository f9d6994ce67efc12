"""The lessons of the chapter Autoencoders."""
