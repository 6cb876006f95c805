"""Personal data: a copy of a course that names nobody, and the erasing of one person."""
