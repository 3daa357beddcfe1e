"""Where people live: municipalities by their population, and who speaks what at home there."""

# Thousand people, Geostat (one decimal): the weight with which a municipality is drawn.
POPULATION = {
    "GE-TB-01": 1201.8,
    "GE-AJ-01": 183.2, "GE-AJ-02": 16.3, "GE-AJ-03": 68.1, "GE-AJ-04": 14.5, "GE-AJ-05": 52.8,
    "GE-AJ-06": 28.3,
    "GE-GU-01": 28.6, "GE-GU-02": 56.3, "GE-GU-03": 17.0,
    "GE-IM-01": 125.6, "GE-IM-02": 15.9, "GE-IM-03": 18.8, "GE-IM-04": 52.9, "GE-IM-05": 28.6,
    "GE-IM-06": 39.3, "GE-IM-07": 32.4, "GE-IM-08": 15.8, "GE-IM-09": 39.2, "GE-IM-10": 36.7,
    "GE-IM-11": 17.9, "GE-IM-12": 19.2,
    "GE-KA-01": 26.5, "GE-KA-02": 49.9, "GE-KA-03": 20.1, "GE-KA-04": 52.4, "GE-KA-05": 40.3,
    "GE-KA-06": 51.5, "GE-KA-07": 28.4, "GE-KA-08": 30.8,
    "GE-MM-01": 26.9, "GE-MM-02": 10.8, "GE-MM-03": 51.2, "GE-MM-04": 3.8,
    "GE-RL-01": 10.1, "GE-RL-02": 3.6, "GE-RL-03": 5.3, "GE-RL-04": 7.2,
    "GE-SZ-01": 41.2, "GE-SZ-02": 17.7, "GE-SZ-03": 92.9, "GE-SZ-04": 29.9, "GE-SZ-05": 9.2,
    "GE-SZ-06": 30.0, "GE-SZ-07": 20.5, "GE-SZ-08": 20.8, "GE-SZ-09": 25.6,
    "GE-SJ-01": 15.6, "GE-SJ-02": 10.6, "GE-SJ-03": 37.4, "GE-SJ-04": 39.3, "GE-SJ-05": 24.5,
    "GE-SJ-06": 14.6,
    "GE-KK-01": 127.2, "GE-KK-02": 56.9, "GE-KK-03": 77.9, "GE-KK-04": 22.0, "GE-KK-05": 23.5,
    "GE-KK-06": 108.5, "GE-KK-07": 20.0,
    "GE-SK-01": 114.9, "GE-SK-02": 40.2, "GE-SK-03": 39.7, "GE-SK-04": 49.3,
}  # fmt: skip

ARMENIAN_AT_HOME = {
    "GE-SJ-03": 0.92, "GE-SJ-06": 0.94, "GE-SJ-04": 0.3, "GE-KK-07": 0.35, "GE-TB-01": 0.03,
}  # fmt: skip
AZERBAIJANI_AT_HOME = {
    "GE-KK-06": 0.8, "GE-KK-02": 0.6, "GE-KK-03": 0.4, "GE-KK-04": 0.6, "GE-KA-06": 0.25,
}  # fmt: skip
"""Rough shares, for the sake of plausible files; not statistics."""

TOWNS = frozenset({"GE-TB-01", "GE-AJ-01", "GE-IM-01", "GE-KK-01"})
"""Tbilisi, Batumi, Kutaisi, Rustavi."""
