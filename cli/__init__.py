"""The `rights` command."""
