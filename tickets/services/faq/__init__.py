"""Articles in the making: from a recurring cause to a `draft`, through its states, to the day of its `recheck`."""
