"""How fast it is: `make bench` measures on this machine, compares answers before it compares times, and writes docs/benchmarks.md."""
