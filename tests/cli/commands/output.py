"""No command, like its namesake."""
