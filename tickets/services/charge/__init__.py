"""Charges without a result: `of_failures`, `of_ticket` and `bringing` add lines, `gathering` puts them to charges."""
