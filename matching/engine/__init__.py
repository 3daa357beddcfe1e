"""The compiled engine: people in packed shards, vacancies as plans, one scan."""
