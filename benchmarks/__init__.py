"""What the bars are measured with: `python -m benchmarks`."""
