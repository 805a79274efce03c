"""xlflow: the after-sales day of a shop whose registers are password-protected Excel workbooks."""

__version__ = "0.1.0"
