"""The way to departure (stage S11): orientation, permit files, obstacles, the season calendar."""
