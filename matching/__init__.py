"""The ranking engine: pure, exact and explained. No database, no clock, no screen."""
