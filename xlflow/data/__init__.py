"""Numbers, carriers and reasons that a desk may read, and that a release may change without touching code."""
