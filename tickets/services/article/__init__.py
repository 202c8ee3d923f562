"""Published articles: `finding` them, their address, and what people and machines read of them."""
