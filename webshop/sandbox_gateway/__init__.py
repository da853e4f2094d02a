"""A payment provider to try the shop with: test cards with known answers, no money moves.

It runs as its own process, with a database that the shop cannot enter, and behaves as a real
one does: a hosted page on which to pay, signed webhooks that are sent until they are answered, and
refunds. Nothing here imports the shop; `signature` is what both sides share.

app        the application, and its server's entry point
calls      what the shop may ask for, with its secret
pages      the hosted page: card form, 3-D Secure challenge, outcome
cards      test cards and what they do; the check of a card form
ledger     payments and refunds, and the news of them that wait to be sent
tables     the database
webhooks   sends the news
signature  signs and checks a webhook
texts      which sentence belongs to a code; locale/ has the French of all texts
"""
