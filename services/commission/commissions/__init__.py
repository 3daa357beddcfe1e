"""Commissions: founding orders, seats, composition."""
