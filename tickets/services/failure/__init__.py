"""Failures that gateways report in bulk: `reading` a row, `storing` a batch of them, `counts` of what was stored."""
