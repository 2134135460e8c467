"""One call: its request, its retries, its deadline, its answer."""
