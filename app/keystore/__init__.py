"""Certificate files and the keystore of the operating system."""
