"""What alembic runs: the connection comes from whoever opens the store (see ``database.upgrade``)."""

from alembic import context

from autograder.review.tables import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, version_table=VERSION_TABLE
)
with context.begin_transaction():
    context.run_migrations()
