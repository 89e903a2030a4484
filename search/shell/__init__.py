"""The shell: queries and commands, line after line.

    session     what is asked and what was found: a line to lines of output
    commands    the commands, as a table
    completing  words and names of the archive, and commands, to what completes a line
    prompt      a prompt with history on a terminal; lines of a file or a pipe else

Only `prompt` and `completing` know prompt_toolkit.
"""
