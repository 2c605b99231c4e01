"""The list of cases: filters, saved views, causes, what is done with the chosen ones."""
