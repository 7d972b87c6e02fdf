"""Files become a library: the entry format, the loader, look-up by name, and the watch over the folder."""
