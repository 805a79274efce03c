"""What the shop owes, to whom, and what holds it back (contract §5). Pure: values in, values out."""
