"""The checks of contract §4, one a file: the file's name is the code, its docstring what it says and from which rule.

A check module has ``LEVEL``, ``NEEDS`` (the register it is about, then those it looks into; empty: every register), and
``check(day)``; where they differ from the usual ``OWNER`` (of the finding), ``ON = False`` (off unless turned on) and
``MENDS = True`` (filling in the cell it points at mends it), ``WHOLE = True`` (it compares all rows of a register),
``FIELD`` (the column without which it cannot run), ``ALSO`` (further registers it is about, each by itself where the
desk keeps it), and ``PARTLY = True`` (one of those it looks into is enough for it to say something).
"""
