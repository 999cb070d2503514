"""Makes from a finished site what people take away whole: a database and an archive."""
