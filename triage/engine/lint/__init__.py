"""What a reply or a hand-off must not say, found before it is sent."""
