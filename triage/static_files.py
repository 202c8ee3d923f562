from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = r"""(?P<matched>(?P<word>from|import)\s*["'](?P<url>\./[^"']+)["'];)"""


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Our modules import each other by their hashed names too: no module is loaded twice or from an old release.

    Django can do that for every file, but then it stumbles over modules that other packages bring.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((IMPORT, '%(word)s "%(url)s";'),)),
    )
