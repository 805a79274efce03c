"""The desk's registers, one a file: a class whose attributes are its columns."""
