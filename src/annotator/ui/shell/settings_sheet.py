"""What a person can choose: name, look, size of what is read, keys. Each choice is in force and kept at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QLineEdit, QWidget

from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, plain_label
from annotator.ui.fields import Segments
from annotator.ui.shell.keys_editor import KeysEditor
from annotator.ui.shell.preferences import Preferences
from annotator.ui.shell.sheet import Sheet
from annotator.ui.theme import ThemeChoice, choose_theme

_THEMES: tuple[ThemeChoice, ...] = ("system", "light", "dark")
_FIELD = 280
_ZOOMS = (75, 90, 100, 110, 125, 150, 175, 200, 250, 300)


class SettingsSheet(Sheet):
    """Settings of the person, not of the project."""

    def __init__(self, window: QWidget, actions: Actions, preferences: Preferences) -> None:
        super().__init__(window, actions, self.tr("Settings"), width=720)
        self._preferences = preferences
        settings = preferences.settings
        self.name = QLineEdit(settings.name)
        self.name.setMaxLength(200)
        self.name.setMinimumWidth(_FIELD)
        self.name.setAccessibleName(self.tr("Your name"))
        self.name.editingFinished.connect(self._take_name)
        self.theme = Segments((self.tr("As the system"), self.tr("Light"), self.tr("Dark")), self.tr("Colours"))
        self.theme.choose(_THEMES.index(settings.theme) if settings.theme in _THEMES else 0)
        self.theme.chosen.connect(self._take_theme)
        self.zoom = QComboBox()
        self.zoom.setAccessibleName(self.tr("Size of the text that is read"))
        self.zoom.setMinimumHeight(3 * GRID)
        for percent in sorted({*_ZOOMS, settings.zoom}):
            self.zoom.addItem(self.tr("{0}%").format(percent), percent)
        self.zoom.setCurrentIndex(self.zoom.findData(settings.zoom))
        self.zoom.activated.connect(lambda _number: preferences.change(zoom=self.zoom.currentData()))
        self.keys = KeysEditor(actions, settings.keys)
        self.keys.changed.connect(self._take_keys)
        form = QFormLayout()
        form.setHorizontalSpacing(3 * GRID)
        form.setVerticalSpacing(GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(self._label(self.tr("Your name")), self.name)
        form.addRow("", plain_label(self.tr("Another name is in force when a project is next opened."), muted=True))
        form.addRow(self._label(self.tr("Colours")), self.theme)
        form.addRow(self._label(self.tr("Text that is read")), self.zoom)
        self.body.addLayout(form)
        self.body.addSpacing(GRID)
        self.body.addWidget(plain_label(self.tr("Keys"), bold=True))
        self.body.addWidget(self.keys)

    def _label(self, text: str) -> QWidget:
        return plain_label(text, muted=True, wrap=False)

    def focus_first(self) -> None:
        """Give the focus to the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_name(self) -> None:
        name = " ".join(self.name.text().split())
        if name and name != self._preferences.settings.name:
            self._preferences.change(name=name)
        elif not name:
            self.name.setText(self._preferences.settings.name)

    def _take_theme(self, number: int) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            choose_theme(app, _THEMES[number])
        self._preferences.change(theme=_THEMES[number])

    def _take_keys(self) -> None:
        self._preferences.change(keys=self.keys.own)
        self._actions.set_keys(self.keys.own)
