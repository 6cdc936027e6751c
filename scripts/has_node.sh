#!/usr/bin/env bash
# Does this machine have Node 20 or newer, with npm?
set -euo pipefail
command -v node >/dev/null && command -v npm >/dev/null || exit 1
major=$(node --version | sed -E 's/^v([0-9]+).*/\1/')
[ "$major" -ge 20 ]
