"""Events and mails on their way out."""
