"""Certifikat: the client certificate and what it opens."""
