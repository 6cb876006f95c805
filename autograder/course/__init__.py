"""A course folder: making it, its nbgrader configuration, its learners; a study folder and JupyterLab."""
