"""Fix lists: incomplete rows out to those who can mend them, and their answers back (contract §4). Pure."""
