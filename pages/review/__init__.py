"""Who looks after what readers see, and by when it is to be looked at again."""
