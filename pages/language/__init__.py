"""The lessons of the chapter Language."""
