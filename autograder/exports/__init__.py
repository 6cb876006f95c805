"""What other software reads: Moodle's gradebook and competencies, CASE for the référentiel, flat tables for a sheet."""
