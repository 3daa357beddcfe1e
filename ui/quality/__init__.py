"""How good is the ranking? Figures for managers, with definition, number of cases, interval."""
