"""A MAPPING AT WORK on a whole export: columns, XML, schema and rules; no disk, no network."""
