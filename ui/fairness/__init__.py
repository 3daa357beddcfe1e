"""Fairness: what is compared, the rates of groups, and which requirement tells them apart."""
