"""Money that goes back: `proposing` it, `deciding` over it, the `limits` within which one person is enough."""
