"""The event contracts as Spark sees them: types, rules, explanations."""
