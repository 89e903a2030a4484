"""An empty Flask page on the server that `arshif serve` uses, with as many threads: what a request costs."""

import logging
import sys

import waitress
from flask import Flask

THREADS = 4


def main() -> int:
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=THREADS, ident=None)
    print(f"listens on http://127.0.0.1:{server.effective_port}/", flush=True)
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
