"""The terminal as a platform: `briefbot chat` and `briefbot brief`. Also the folder to copy for a new one."""
