"""The demo world: one cast and one story, used by `make run`, the tests, the screenshots and the docs."""
