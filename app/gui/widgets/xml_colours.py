"""The colours of a document: names in the accent, attributes apart, values plain."""

import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from app.gui import theme

_TAG = re.compile(r"<[/?!]?([\w:.-]*)[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_COMMENT = re.compile(r"<!--.*?-->")
_NAME, _PUNCTUATION, _KEY, _TEXT = "accent", "quiet", "unknown", "clean"


class XmlColours(QSyntaxHighlighter):
    """Colours each line by itself: a document of ours has no tag that goes over several."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self.use_scheme()

    def use_scheme(self) -> None:
        """Take the shades of the scheme on screen."""
        for tone in (_NAME, _PUNCTUATION, _KEY, _TEXT):
            self._formats[tone] = QTextCharFormat()
            self._formats[tone].setForeground(theme.color(tone))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for tag in _TAG.finditer(text):
            self._paint(tag.start(), tag.end(), _PUNCTUATION)
            self._paint(tag.start(1), tag.end(1), _NAME)
            for pair in _ATTRIBUTE.finditer(tag[0]):
                self._paint(tag.start() + pair.start(1), tag.start() + pair.end(1), _KEY)
                self._paint(tag.start() + pair.start(2), tag.start() + pair.end(2), _TEXT)
        for comment in _COMMENT.finditer(text):
            self._paint(comment.start(), comment.end(), _PUNCTUATION)

    def _paint(self, first: int, end: int, tone: str) -> None:
        self.setFormat(first, end - first, self._formats[tone])
