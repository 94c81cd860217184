"""Vietnamese public bodies' plans, reports and letters → tables one can trust."""

__version__ = "0.1.0"
