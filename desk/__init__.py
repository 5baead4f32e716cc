"""The pages officers read, decide and sign on."""
