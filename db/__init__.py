"""Storage: models, engine and unit of work, repositories, read queries, migrations, reference."""
