"""What is durable: the database's tables, its migrations, and how to reach it on SQLite and PostgreSQL alike."""
