"""The operator's own rules: `drafting` a set, its `trial`, its `activation`, and the record of each rule."""
