"""The style sheet of the window; `$names` stand for the palette's colours and the sizes."""

STYLE_SHEET = """
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 4px 8px; }

QLabel[role="title"] { font-size: ${title}px; font-weight: 500; }
QLabel[role="heading"] { font-size: ${large}px; font-weight: 500; }
QLabel[role="strong"] { font-weight: 500; }
QLabel[role="group"] { font-weight: 500; padding-top: 8px; }
QLabel[role="divider"] { background: $line; min-height: 1px; max-height: 1px; }
QLabel[role="label"], QLabel[role="quiet"], QLabel[role="unit"] { color: $quiet; }
QLabel[role="chosen"] { font-weight: 500; }
QLabel[role="note"] { color: $quiet; font-size: ${small}px; }
QLabel[role="current"] { color: $accent; font-size: ${small}px; font-weight: 500; }
QLabel[role="more"] {
    color: $quiet; font-size: ${small}px; background: $ground; border-top: 1px solid $line;
}
QLabel[role="problem"] { color: $wrong; font-size: ${small}px; }
QLabel[role="problems"] {
    background: $wrong_wash; color: $wrong; border-left: 3px solid $wrong; padding: 8px 12px;
}
QLabel[role="warning"] {
    background: $beware_wash; color: $beware; border-left: 3px solid $beware; padding: 8px 12px;
}
QFrame[role="cautions"] { background: $beware_wash; border-left: 3px solid $beware; }
QLabel[role="caution"] { color: $beware; padding: 4px 0; }
QLabel[role="wrong"] { color: $wrong; }
QLabel[role="beware"] { color: $beware; }
QFrame[role="popup"] { background: $ground; border: 1px solid $edge; }
QFrame[role="unsaved"] { background: $beware_wash; border-left: 3px solid $beware; }
QFrame[role="explained"] {
    background: $accent_wash; color: $text; border-left: 3px solid $accent;
}
QLabel[role="explained"] { padding: 8px 12px; }
QFrame[role="drop"] { background: $surface; border: 1px dashed $edge; border-radius: 4px; }
QFrame[role="similar"] { background: $surface; border-left: 3px solid $edge; }
QFrame[role="likely"] { background: $beware_wash; border-left: 3px solid $beware; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {
    background: $ground; color: $text; border: 1px solid $edge; border-radius: 4px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QPlainTextEdit { placeholder-text-color: $quiet; }
QLineEdit, QComboBox { min-height: 30px; max-height: 30px; padding: 0 8px; }
QComboBox { padding-left: 10px; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QTextBrowser { border-color: $line; padding: 1px; }
QLineEdit[role="cell"] { min-height: 22px; max-height: 22px; padding: 0 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {
    border: 2px solid $accent;
}
QLineEdit:focus, QComboBox:focus { min-height: 28px; max-height: 28px; padding: 0 7px; }
QComboBox:focus { padding-left: 9px; }
QLineEdit[role="cell"]:focus { min-height: 20px; max-height: 20px; padding: 0 3px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px; }
QTextBrowser:focus { padding: 0; }
QTextBrowser[role="form"] { border: 2px solid transparent; padding: 0; }
QTextBrowser[role="form"]:focus { border-color: $accent; }
QLineEdit[role="wrong"], QPlainTextEdit[role="wrong"], QComboBox[role="wrong"] {
    border-color: $wrong; background: $wrong_wash;
}
QLineEdit[role="cell-wrong"] {
    border-color: $wrong; background: $wrong_wash;
    min-height: 22px; max-height: 22px; padding: 0 4px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled,
QLineEdit:read-only { background: $surface; color: $quiet; border-color: $line; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$icons/chevron-$scheme.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView, QListView[role="completer"] {
    background: $ground; color: $text; border: 1px solid $edge; outline: none; padding: 4px 0;
    selection-background-color: $accent; selection-color: $on_accent;
}
QComboBox QAbstractItemView::item, QListView[role="completer"]::item {
    min-height: 28px; padding: 0 8px;
}
QComboBox QAbstractItemView::item:selected, QListView[role="completer"]::item:selected {
    background: $accent; color: $on_accent;
}

QCheckBox, QRadioButton { min-height: 24px; spacing: 8px; }
QCheckBox::indicator {
    width: 16px; height: 16px; border: 1px solid $edge; border-radius: 3px; background: $ground;
}
QCheckBox::indicator:checked {
    background: $accent; border-color: $accent; image: url("$icons/check-$scheme.svg");
}
QCheckBox::indicator:focus { border: 2px solid $accent; width: 14px; height: 14px; }
QRadioButton::indicator {
    width: 16px; height: 16px; border: 1px solid $edge; border-radius: 9px; background: $ground;
}
QRadioButton::indicator:checked {
    width: 8px; height: 8px; border: 5px solid $accent; border-radius: 9px;
}
QRadioButton::indicator:unchecked:focus { border: 2px solid $accent; width: 14px; height: 14px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }

QPushButton {
    min-height: 30px; max-height: 30px; padding: 0 16px; border-radius: 4px;
    border: 1px solid $edge; background: $ground; color: $text;
}
QPushButton:hover { background: $accent_wash; border-color: $accent; }
QPushButton:pressed { background: $line; }
QPushButton:focus {
    border: 2px solid $accent; min-height: 28px; max-height: 28px; padding: 0 15px;
}
QPushButton:disabled { color: $quiet; background: $surface; border-color: $line; }
QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 500;
}
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled {
    background: $surface; color: $quiet; border-color: $line;
}
QPushButton[role="status"], QPushButton[role="status-beware"] {
    border: solid transparent; border-width: 1px 0; border-radius: 0; background: transparent;
    color: $quiet; padding: 0; min-height: 22px; max-height: 22px;
}
QPushButton[role="status-beware"] { color: $beware; font-weight: 500; }
QPushButton[role="status"]:hover, QPushButton[role="status-beware"]:hover {
    background: $accent_wash; border-color: transparent;
}
QPushButton[role="status"]:focus, QPushButton[role="status-beware"]:focus {
    background: $accent_wash; border-bottom-color: $accent;
}
QPushButton[role="link"] {
    border: solid transparent; border-width: 2px 0; border-radius: 0; background: transparent;
    color: $accent; padding: 0; min-height: 28px; max-height: 28px;
}
QPushButton[role="link"]:hover { background: $accent_wash; }
QPushButton[role="link"]:focus { background: $accent_wash; border-bottom-color: $accent; }
QToolButton {
    min-width: 28px; min-height: 28px; border: 1px solid transparent; border-radius: 4px;
    background: transparent; color: $text;
}
QLineEdit > QToolButton { min-width: 16px; min-height: 16px; border: none; padding: 0; }
QToolButton[role="within"] {
    min-width: 32px; min-height: 24px; border: none; padding: 0 4px; font-size: ${small}px;
    background: transparent; color: $accent;
}
QToolButton[role="within"]:hover { background: $accent_wash; }
QToolButton[role="within"]:disabled { color: $quiet; }
QToolButton:hover { background: $accent_wash; }
QToolButton:focus { border: 2px solid $accent; min-width: 26px; min-height: 26px; }
QToolButton:checked { background: $accent; color: $on_accent; }
QToolButton[role="page"], QToolButton[role="page-shown"] { padding: 0 8px; }
QToolButton[role="page-shown"] { background: $accent_wash; font-weight: 500; }
QToolButton[role="page"]:disabled { color: $quiet; }
QMenuBar { background: $surface; border-bottom: 1px solid $line; }
QMenuBar::item { padding: 4px 10px; margin: 6px 0; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $accent_wash; }
QToolButton[role="corner"], QToolButton[role="corner"]:focus {
    min-width: 22px; min-height: 20px; padding: 0 3px; font-size: ${small}px; color: $quiet;
}
QToolButton[role="grade"] {
    border: 1px solid $edge; background: $ground; min-width: 30px; min-height: 30px;
}
QToolButton[role="grade"]:checked {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 500;
}
QToolButton[role="grade"]:focus {
    border: 2px solid $accent; min-width: 28px; min-height: 28px;
}
QToolButton[role="grade"]:checked:focus { border: 2px solid $text; }
QToolButton[role="criterion"] { min-height: 26px; max-height: 26px; min-width: 26px; }
QToolButton[role="criterion"]:focus {
    background: $accent_wash; min-height: 24px; max-height: 24px; min-width: 24px;
}
QToolButton[role="choice"] {
    border: 1px solid $edge; background: $ground; min-height: 30px; padding: 0 12px;
}
QToolButton[role="choice"]:checked {
    background: $accent_wash; color: $text; border-color: $accent; font-weight: 500;
}
QToolButton[role="choice"]:focus { border: 2px solid $accent; min-height: 28px; padding: 0 11px; }
QToolButton[role="choice"]:checked:focus { border: 2px solid $text; }
QToolButton[role="choice"]:disabled { color: $quiet; background: $surface; border-color: $line; }
QToolButton[role="no-grade"] {
    border: 1px solid $wrong; background: $wrong_wash; color: $wrong; min-width: 30px;
    min-height: 30px; font-weight: 500;
}
QToolButton[role="no-grade"]:focus {
    border: 2px solid $wrong; min-width: 28px; min-height: 28px;
}

QTableView {
    background: $ground; alternate-background-color: $surface; border: 1px solid $line;
    border-radius: 4px; gridline-color: $line; outline: none; padding: 1px;
    selection-background-color: $accent_wash; selection-color: $text;
}
QTableView:focus { border: 2px solid $accent; padding: 0; }
QTableView::item { padding: 0 8px; border: none; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $accent_wash; color: $text; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
    background: $surface; color: $quiet; border: none; border-bottom: 1px solid $line;
    padding: 0 11px; min-height: 28px; font-weight: 400;
}
QHeaderView::section:hover { color: $text; }
QHeaderView::down-arrow { image: url("$icons/chevron-$scheme.svg"); width: 12px; height: 12px; }
QHeaderView::up-arrow { image: url("$icons/chevron-up-$scheme.svg"); width: 12px; height: 12px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabWidget::tab-bar { left: 4px; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $quiet; padding: 0 12px; min-height: 30px;
    border: none; border-bottom: 2px solid transparent;
}
QTabWidget#inner > QTabBar::tab { min-height: 24px; border-bottom-width: 1px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }

QScrollArea { border: none; background: transparent; }
QScrollArea[role="form"] { border-bottom: 1px solid $line; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $quiet; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle:horizontal { width: 8px; border-left: 1px solid $line; }
QSplitter::handle:vertical { height: 8px; border-top: 1px solid $line; }
QSplitter::handle:hover { border-color: $accent; }
QMenu { background: $ground; border: 1px solid $edge; padding: 4px 0; }
QMenu::item { padding: 6px 24px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QStatusBar { background: $surface; border-top: 1px solid $line; color: $quiet; }
QStatusBar::item { border: none; }
QProgressBar { border: 1px solid $edge; border-radius: 4px; text-align: center; height: 16px; }
QProgressBar::chunk { background: $accent; }
"""
