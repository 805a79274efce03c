"""What platforms and banks export, one format a file: a class whose attributes are its columns."""
