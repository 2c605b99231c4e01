"""Every attempt and its outcome; encrypted, append-only."""
