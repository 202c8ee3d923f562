"""Failures that many meet: how they stand, who is of them, what customers are told, merged and kept apart."""
