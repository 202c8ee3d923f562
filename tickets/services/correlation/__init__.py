"""When many customers fail alike: an unusual rate over enough distinct accounts, against its own baseline.

Pure: it is fed what failed, with a clock taken from the failures, and says what it would open. It knows no database.
"""

from .correlator import Correlator
from .opening import Opening
from .place import Place
from .thresholds import Thresholds

__all__ = ["Correlator", "Opening", "Place", "Thresholds"]
