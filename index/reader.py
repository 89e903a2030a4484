"""A process that reads an archive's changes and numbers their pieces: `python -m index.reader ARCHIVE`.

Questions come in by stdin, answers go out by stdout, both pickled; it ends when its input does.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from index.archive import Archive
from index.pieces import Numbering


def serve(path: Path, questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer questions until there are no more: what changed between two sequence numbers.

    A question has the share of new words that are to be analysed as well. An error is an answer too: it is
    raised where the question came from.
    """
    with ExitStack() as stack:
        archive, numbering = None, Numbering()
        while True:
            try:
                after, upto, share = pickle.load(questions)  # noqa: S301 - of the process that started this one
            except EOFError:
                return
            answer: Any
            try:
                archive = archive or stack.enter_context(Archive.open(path))
                answer = numbering.read(archive, after, upto, share)
            except Exception as error:  # noqa: BLE001 - whatever it is
                answer = error
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    try:
        serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        os._exit(1)  # nobody is left to be told
