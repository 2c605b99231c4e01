"""Acceptans: what is done before production."""
