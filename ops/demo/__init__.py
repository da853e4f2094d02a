"""The demonstration: from an empty folder to a manager's mailbox, and a page of what came out.

steps    one step after another, each with its progress and its time
scenario what the steps do, on the real commands and DAGs
results  the page at the end
"""
