#!/usr/bin/env python3
"""measure.py COMMAND…: runs it and prints «seconds megabytes»: processor time of all of it, memory of the largest process."""
import resource
import subprocess
import sys

subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{used.ru_utime + used.ru_stime:.3f} {used.ru_maxrss / 1024:.1f}")
