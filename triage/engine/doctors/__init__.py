"""Small pure advisers, each for one kind of mistake; none reads a clock, a network or a database."""
