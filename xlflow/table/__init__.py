"""What a register or an export is, and how its sheets are read: columns, headings, rows, totals."""
