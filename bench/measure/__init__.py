"""What `bench/run` measures, a file for each kind of work."""
