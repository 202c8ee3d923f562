"""Search: what an entry holds (`index`), what is asked (`query`), what is found (`find`)."""
