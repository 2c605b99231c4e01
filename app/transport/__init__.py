"""SOAP over mutual TLS; faults become our errors."""
