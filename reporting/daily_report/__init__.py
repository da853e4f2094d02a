"""The daily report: the figures of one business day as an e-mail for the managers.

    figures   the day, what it is compared with, products and stock, from PostgreSQL
    chart     net sales of the last 30 days as a PNG
    locale    the words in French; in English they stand in page and templates
    page      figures -> subject, HTML and plain text
    mail      the page -> an e-mail, a file, an SMTP server

`python -m reporting.daily_report --day 2010-12-01 --out report.html` writes one to look at.
"""

from reporting.daily_report.mail import save_report, send, to_message
from reporting.daily_report.page import Report, build_report

__all__ = ["Report", "build_report", "save_report", "send", "to_message"]
