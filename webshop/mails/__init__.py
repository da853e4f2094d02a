"""The shop's mails to shoppers: a text and an HTML template for each, in French and in English."""
