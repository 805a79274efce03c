"""``python -m xlflow`` is ``xlflow``."""

import sys

from xlflow.cli import main

sys.exit(main())
