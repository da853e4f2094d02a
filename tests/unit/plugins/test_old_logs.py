"""Old logs of Airflow go, young ones and the folders that hold them stay."""

import os
import time

from shopnow_airflow.old_logs import delete_old_logs

DAY_S = 86_400


def aged(path, days):
    then = time.time() - days * DAY_S
    os.utime(path, (then, then))


def test_old_files_go_and_empty_folders_with_them(tmp_path):
    old, young = tmp_path / "dag_id=a" / "run_id=1", tmp_path / "dag_id=a" / "run_id=2"
    for folder, days in ((old, 91), (young, 89)):
        folder.mkdir(parents=True)
        (folder / "attempt=1.log").write_text("…")
        aged(folder / "attempt=1.log", days)
        aged(folder, days)

    assert delete_old_logs(90, tmp_path) == 1
    assert [path.name for path in tmp_path.rglob("*.log")] == ["attempt=1.log"]
    assert young.exists()

    aged(old, 91)
    assert delete_old_logs(90, tmp_path) == 0
    assert not old.exists()
    assert young.exists()
