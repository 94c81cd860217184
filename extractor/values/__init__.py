"""Text → typed value or None: dates and times, numbers, agencies, document numbers. Pure functions, no state."""
