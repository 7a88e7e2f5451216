"""Starts and stops the tests' cluster: python -m tests.cluster start|stop|running."""

import sys

from tests.cluster.nodes import main

main(sys.argv[1:])
