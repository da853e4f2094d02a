"""The processes beside the web server: relay, mailer, alerts consumer."""
