"""What all tests share."""

from hypothesis import settings

# The machines that run the tests are noisy: how long one example took says nothing.
settings.register_profile("quick", deadline=None, max_examples=50)
# What the slower gates take: ``--hypothesis-profile=thorough``.
settings.register_profile("thorough", deadline=None, max_examples=500)
if settings.get_current_profile_name() == "default":
    settings.load_profile("quick")
