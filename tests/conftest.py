"""What all tests share."""

from hypothesis import settings

# The machines that run the tests are noisy: how long one example took says nothing.
settings.register_profile("noisy", deadline=None)
if settings.get_current_profile_name() == "default":
    settings.load_profile("noisy")
