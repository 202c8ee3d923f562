"""What a process remembers, so as not to work it out again: the newest so many, whoever asks."""

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()
        self.get = self._kept.get

    def add(self, key: Key, value: Value) -> None:
        with self._lock:
            if len(self._kept) >= self._most:
                self._kept.popitem(last=False)
            self._kept[key] = value
