"""Airflow keeps the logs of tasks for ever; here old ones go."""

from __future__ import annotations

import time
from pathlib import Path

from airflow.configuration import conf

_DAY_S = 86_400


def delete_old_logs(days: int, folder: Path | None = None) -> int:
    """Delete files below Airflow's log folder that nothing has written to for so many days.

    Folders that are empty go when nothing has changed in them for as long. Returns the number of
    files.
    """
    folder = folder or Path(conf.get_mandatory_value("logging", "base_log_folder"))
    oldest, deleted = time.time() - days * _DAY_S, 0
    # Deepest first, so that a folder comes after what is in it.
    for path in sorted(folder.rglob("*"), key=lambda path: len(path.parts), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if path.stat().st_mtime < oldest and not any(path.iterdir()):
                path.rmdir()
        elif path.lstat().st_mtime < oldest:
            path.unlink()
            deleted += 1
    return deleted
