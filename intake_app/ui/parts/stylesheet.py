"""The style sheet with tokens for colors (`@ink`) and growing lengths (`17px!`); see `theme`.

`kind` is a property that `labels` and `cards` set; nothing is styled by hand elsewhere.
"""

SHEET = """
* { font-family: 'Source Sans 3'; font-size: 17px! }
QMainWindow, QDialog, QMessageBox { background: @bg }
QWidget#page, QScrollArea, QScrollArea > QWidget > QWidget { background: @bg; border: none }
QScrollArea#plain, QScrollArea#plain > QWidget > QWidget { background: transparent }
QFrame#card { background: @card; border: 1px solid @line; border-radius: 10px }
QFrame#card[kind="notice"] { background: @tint2; border: 1px solid @line }
QFrame#row { border: none; border-bottom: 1px solid @line; background: transparent }
QFrame#row[is_last="true"] { border-bottom: none }
QFrame#footer { background: @card; border: none; border-top: 1px solid @line }
QFrame#side { background: @card; border: none; border-right: 1px solid @line }

QLabel { color: @ink; background: transparent }
QLabel[kind="h1"] { font-size: 27px!; font-weight: 700 }
QLabel[kind="h2"] { font-size: 20px!; font-weight: 600 }
QLabel[kind="h3"] { font-weight: 600 }
QLabel[kind="label"] { font-weight: 600 }
QLabel[kind="mute"] { color: @mute; font-size: 15px! }
QLabel[kind="error"] { color: @err; font-size: 15.5px!; font-weight: 600 }
QLabel[kind="big"] { font-size: 23px!; font-weight: 700 }
QLabel[kind="mono"] { font-family: 'monospace' }
QLabel[kind="key"] { border: 1px solid @field; border-radius: 5px; padding: 1px 8px;
  font-size: 15px!; color: @mute }
QLabel[chip] { border-radius: 11px!; padding: 2px 10px; font-size: 14.5px!; font-weight: 600 }
QLabel[chip="walk_in"] { color: @teal_ink; background: @tint }
QLabel[chip="officer"] { color: @navy_ink; background: @tint2 }
QLabel[chip="plain"] { color: @navy_ink; background: @tint2 }
QLabel[chip="ok"] { color: @ok; background: @ok_bg }
QLabel[chip="soon"] { color: @warn; background: @warn_bg }
QLabel[chip="late"] { color: @err; background: @err_bg }
QFrame#errorbox { background: @err_bg; border: 1px solid @err; border-left: 5px solid @err;
  border-radius: 7px }
QFrame#okbox { background: @ok_bg; border: 1px solid @ok; border-left: 5px solid @ok;
  border-radius: 7px }
QFrame#warnbox { background: @warn_bg; border: 1px solid @warn; border-left: 5px solid @warn;
  border-radius: 7px }

QFrame#rail { background: @rail; border: none }
QFrame#rail QLabel { color: @rail_ink }
QFrame#rail QLabel[kind="brand"] { color: @on_color; font-weight: 700; font-size: 16px! }
QFrame#rail QLabel[chip="soon"] { color: @warn }
QFrame#rail QLabel[kind="mute"] { color: @rail_ink; font-size: 14px! }
QFrame#rail QPushButton { color: @rail_ink; background: transparent;
  border: 2px solid transparent; border-radius: 8px; text-align: left; padding: 6px 10px;
  min-height: 22px! }
QFrame#rail QPushButton[tight="true"] { padding: 3px 10px }
QFrame#rail QPushButton[tight="crowd"] { padding: 1px 10px; min-height: 20px! }
QFrame#rail QPushButton[tight="pack"] { padding: 0px 11px; min-height: 18px!; border-width: 1px }
QFrame#rail QPushButton[narrow="true"] { text-align: center; padding: 5px 0px;
  min-height: 20px! }
QFrame#rail QPushButton[narrow="true"][tight="true"] { padding: 1px 0px }
QFrame#rail QPushButton[narrow="true"][tight="crowd"] { padding: 0px; min-height: 14px! }
QFrame#rail QPushButton[narrow="true"][tight="pack"] { padding: 0px; min-height: 12px! }
QFrame#rail QPushButton[narrow="true"][tight="pair"] { padding: 1px 0px; min-height: 22px! }
QFrame#rail QPushButton[current="true"] { background: @rail_on; color: @on_color;
  font-weight: 600 }
QFrame#rail QPushButton:hover { background: @rail_on }
QFrame#rail QPushButton:focus { border-color: @rail_focus }
QFrame#statebox { background: @rail_on; border-radius: 8px }
QFrame#statebox QPushButton#sync { padding: 2px; min-height: 0px; text-align: center }
QPushButton#help, QFrame#rail QPushButton#help { padding: 0px; min-width: 26px!;
  max-width: 26px!; min-height: 26px!; max-height: 26px!; border-radius: 13px!;
  text-align: center; font-weight: 600 }
QFrame#rail QPushButton#help { border: 1px solid @rail_ink }
QFrame#rail QPushButton#help:focus { border: 2px solid @rail_focus }
QFrame#rail QPushButton[toured="true"], QFrame#rail QPushButton#help[toured="true"] {
  border: 2px solid @gold }
QWidget#cover { background: @rail }
QWidget#cover QLabel { color: @rail_ink }
QWidget#cover QLabel[kind="h1"] { color: @on_color }

QPushButton { background: @card; color: @ink; border: 1px solid @field; border-radius: 7px;
  padding: 8px 18px; min-height: 24px! }
QPushButton:hover { background: @tint2 }
QPushButton:focus { border: 2px solid @focus; padding: 7px 17px }
QPushButton:disabled { color: @mute; border-color: @line }
QPushButton[kind="primary"] { background: @navy; color: @on_color; border: 1px solid @edge;
  font-weight: 600 }
QPushButton[kind="primary"]:hover { background: @navy2 }
QPushButton[kind="primary"]:focus { border: 3px solid @focus_main; padding: 6px 16px }
QPushButton[kind="primary"]:disabled { background: @line; color: @ink; border-color: @line }
QPushButton[kind="small"] { padding: 4px 12px; min-height: 20px! }
QPushButton[kind="small"]:focus { padding: 3px 11px }
QPushButton[kind="link"] { border: 2px solid transparent; background: transparent; color: @focus;
  text-decoration: underline; padding: 2px 4px; text-align: left; min-height: 0px }
QPushButton[kind="link"]:focus { border: 2px solid @focus; padding: 2px 4px }
QPushButton[kind="errorlink"] { border: 2px solid transparent; background: transparent;
  color: @err; text-decoration: underline; padding: 2px 4px; text-align: left; min-height: 0px }
QPushButton[kind="errorlink"]:focus { border: 2px solid @err; padding: 2px 4px }
QPushButton[kind="row"] { border: 2px solid transparent; border-radius: 6px;
  background: transparent; text-align: left; padding: 4px 6px; min-height: 0px }
QPushButton[kind="row"]:hover { background: @tint2 }
QPushButton[kind="row"]:focus { border: 2px solid @focus; padding: 4px 6px }
QPushButton[kind="teal"], QPushButton[kind="navy"] { border: 3px solid transparent;
  border-radius: 12px; text-align: left; padding: 0px; color: @on_color }
QPushButton[kind="teal"] { background: @teal }
QPushButton[kind="teal"]:hover { background: @teal2 }
QPushButton[kind="navy"] { background: @navy }
QPushButton[kind="navy"]:hover { background: @navy2 }
QPushButton[kind="teal"]:focus, QPushButton[kind="navy"]:focus {
  border: 3px solid @focus_on_color; padding: 0px }
QPushButton[kind="teal"] QLabel, QPushButton[kind="navy"] QLabel { color: @on_color }
QPushButton[kind="teal"] QLabel[kind="key"], QPushButton[kind="navy"] QLabel[kind="key"] {
  border-color: @on_color; font-size: 16px! }
QPushButton[kind="navy"][off="true"] { background: @tint2; border: 1px dashed @field }
QPushButton[kind="navy"][off="true"] QLabel { color: @mute; border-color: @field }

QLineEdit, QComboBox, QDateEdit, QPlainTextEdit, QTextEdit, QSpinBox { background: @card;
  color: @ink; border: 1px solid @field; border-radius: 7px; padding: 7px 10px;
  min-height: 24px!; selection-background-color: @focus; selection-color: @on_focus }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QPlainTextEdit:focus, QTextEdit:focus,
QSpinBox:focus { border: 2px solid @focus; padding: 6px 9px }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { color: @mute;
  border-color: @line; background: @bg }
*[bad="true"] { border: 2px solid @err; background: @err_bg; padding: 6px 9px }
QComboBox::drop-down { border: none; width: 32px! }
QComboBox::down-arrow { image: url("@chevron"); width: 18px!; height: 18px! }
QComboBox QAbstractItemView { background: @card; color: @ink; border: 1px solid @field;
  selection-background-color: @focus; selection-color: @on_focus; outline: none }
QRadioButton, QCheckBox { spacing: 9px; padding: 5px 4px; color: @ink;
  border: 2px solid transparent; border-radius: 5px }
QRadioButton:focus, QCheckBox:focus { background: @tint2; border-color: @focus }
QRadioButton::indicator { width: 18px!; height: 18px!; border-radius: @round;
  border: 2px solid @field; background: @card }
QRadioButton::indicator:checked { border: 6px solid @focus; width: @dot; height: @dot;
  background: @card }
QCheckBox::indicator { width: 18px!; height: 18px!; border-radius: 4px; border: 2px solid @field;
  background: @card }
QCheckBox::indicator:checked { border-color: @focus; background: @focus; image: url("@tick") }
QGroupBox { border: none; margin: 0px; padding: 0px }
QPushButton:checked { background: @tint2; border-color: @focus }
QPushButton::menu-indicator { image: none }
QPushButton[kind="link"]::menu-indicator { image: url("@chevron"); width: 16px!; height: 16px!;
  subcontrol-position: right center }
QToolTip { background: @card; color: @ink; border: 1px solid @field; padding: 4px 8px }

QTabBar { background: @bg; font-weight: 600 }
QTabBar::tab { color: @mute; background: transparent; padding: 9px 10px; border: none;
  border-bottom: 3px solid transparent }
QTabBar::tab:selected { color: @ink; border-bottom: 3px solid @focus }
QTabBar::tab:focus { border: 2px solid @focus }
QTabBar::scroller { width: 64px! }
QTabBar QToolButton { background: @card; border: 1px solid @field; border-radius: 6px }
QTableView, QListView, QTreeView { background: @card; color: @ink; border: 1px solid @line;
  border-radius: 8px; gridline-color: @line; selection-background-color: @tint2;
  selection-color: @ink; alternate-background-color: @card; outline: none }
QTableView:focus, QListView:focus { border: 2px solid @focus }
QTableView::item { padding: 0px 10px; border-bottom: 1px solid @line }
QTableView::item:selected { background: @tint2; color: @ink }
QListView::item { padding: 7px 10px; border-bottom: 1px solid @line }
QListView::item:selected { background: @tint2; color: @ink }
QHeaderView { background: @card; border: none }
QHeaderView::section { background: @card; color: @mute; border: none;
  border-bottom: 1px solid @field; padding: 8px 10px; font-size: 15px!; font-weight: 600 }
QTableCornerButton::section { background: @card; border: none }
QScrollBar:vertical { background: transparent; width: 12px }
QScrollBar:horizontal { background: transparent; height: 12px }
QScrollBar::handle { background: @field; border-radius: 4px; margin: 2px }
QScrollBar::handle:vertical { min-height: 40px }
QScrollBar::handle:horizontal { min-width: 40px }
QScrollBar::add-line, QScrollBar::sub-line { height: 0px; width: 0px }
QProgressBar { border: 1px solid @field; border-radius: 6px; background: @card; color: @ink;
  text-align: center; min-height: 8px! }
QProgressBar::chunk { background: @focus; border-radius: 5px }
QMenu { background: @card; color: @ink; border: 1px solid @field; padding: 4px }
QMenu::item { padding: 6px 20px; border-radius: 5px }
QMenu::item:selected { background: @tint2 }
"""
