"""The reports, one a file: what is counted over a period, as tables (contract §6, §8)."""
