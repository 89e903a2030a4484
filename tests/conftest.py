"""What all tests share: how hypothesis draws its examples."""

import os

from hypothesis import settings

# No deadlines: the machine may be busy, and a slow example is no failure. In CI the examples are always the
# same, so that a change fails for what it changes; elsewhere they are new each time.
settings.register_profile("arshif", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("arshif")
