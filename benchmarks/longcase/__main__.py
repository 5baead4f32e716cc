"""``python -m benchmarks.longcase --pages N``."""

from __future__ import annotations

import sys

from benchmarks.longcase import main

sys.exit(main())
