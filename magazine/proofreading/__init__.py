"""Read articles for mistakes: the typographer's findings and the proofreader's."""
