"""Prefect wiring only: each flow takes a case reference and calls one stage of `casework`."""
