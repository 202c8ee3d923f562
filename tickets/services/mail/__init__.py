"""Mail: `sending` letters, `fetching` what comes in, finding its ticket by `marks` and `thread`."""
