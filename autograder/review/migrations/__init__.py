"""The changes of the reviews' tables, in order: alembic's own layout, run when a store is opened."""
