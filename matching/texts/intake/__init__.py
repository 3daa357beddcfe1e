"""Words that stop a vacancy at intake: requirements on age, sex, looks, family or origin."""
