"""``python3 -m usher handler.py``: runs the handlers of a file."""

from __future__ import annotations

import importlib.util
import os
import sys
import traceback
from typing import List, Optional

from . import _runner
from ._process import FAILED, USAGE, run

HELP = """Usage: python3 -m usher FILE...

Runs the handlers in these files until SIGTERM or Ctrl-C.

  USHER_BRIDGE            host:port of a bridge (bridge.port of a gateway or runner); tls://host:port
                          where it is encrypted, with the authority's certificate in USHER_BRIDGE_CA
  USHER_BRIDGE_TOKEN      its token, or file:/its/path
  USHER_SHUTDOWN_TIMEOUT  longest wait for what runs when it is told to end; default 10s
  USHER_LOG_LEVEL         DEBUG, INFO, WARNING or ERROR; default INFO

Exit codes: 0 ended when it was told to, 1 a file does not run or work was left, 2 wrong use.
"""


def main(arguments: Optional[List[str]] = None) -> int:
    """The command line."""
    files = sys.argv[1:] if arguments is None else arguments
    if not files or "--help" in files or "-h" in files:
        print(HELP, end="", file=sys.stdout if files else sys.stderr)
        return 0 if files else USAGE
    _runner.follow_to_the_end(os.environ)
    for file in files:
        if not os.path.isfile(file):
            print("usher: there is no file {}".format(file), file=sys.stderr)
            return USAGE
        try:
            _load(file)
        except Exception:
            traceback.print_exc()
            print("usher: {} does not run, see above".format(file), file=sys.stderr)
            return FAILED
    return run()


def _load(file: str) -> None:
    """A file called email.py must not stand in for the standard library's module of that name."""
    folders = [os.path.dirname(os.path.abspath(file))]
    sys.path[:] = [path for path in sys.path if path not in ("", os.getcwd())] + folders
    name = "usher_handler_" + os.path.splitext(os.path.basename(file))[0]
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError("{} is no Python file".format(file))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


if __name__ == "__main__":
    sys.exit(main())
