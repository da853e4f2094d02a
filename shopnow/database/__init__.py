"""The database schemas that shop, jobs, report and DAGs share: `kpi` and `ops`.

tables       what they hold
migrate      `python -m shopnow.database.migrate` brings them up to date; migrations/ says how
daily_kpis   reads the indicators
kpi_load     replaces them, with the progress of `compute_marts`
locks        the advisory locks of the whole database
connections  psycopg below SQLAlchemy

The shop's own schema is described and migrated by the shop (`webshop.adapters.tables`).
"""
