"""Qt's own sentences (file dialogs, standard buttons) in the language of the window."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.language import text


class Languages:
    """Switches the language of the whole program without a restart."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._translator: QTranslator | None = None

    def use(self, language: str) -> None:
        """Speak "sv" or "en" from now on; whoever shows texts must be built anew."""
        text.use(language)
        QLocale.setDefault(QLocale(language))
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        if language != "en":
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._translator = QTranslator(self._app)
            self._translator.load(f"qtbase_{language}", folder)
            self._app.installTranslator(self._translator)
