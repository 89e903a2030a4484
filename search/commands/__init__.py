"""The subcommands of `arshif`, one a module; each is imported only when it is called."""
