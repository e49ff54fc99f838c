"""The same pages as Wagtail's tutorial has them: a plain template around the StreamField."""
