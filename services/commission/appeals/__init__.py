"""What an appeal asks of a commission: its panel, steps, limits and settling."""
