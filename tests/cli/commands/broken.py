"""Never imported unless it is called."""

raise ImportError("sample-pass-7")
