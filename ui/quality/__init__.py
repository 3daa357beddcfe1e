"""How good is it? Figures for managers, each with its definition, number of cases and interval."""
