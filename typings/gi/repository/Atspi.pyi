from collections.abc import Callable

class StateType:
    ACTIVE: int
    CHECKABLE: int
    CHECKED: int
    EDITABLE: int
    ENABLED: int
    EXPANDABLE: int
    EXPANDED: int
    FOCUSABLE: int
    FOCUSED: int
    SELECTED: int
    SHOWING: int
    VISIBLE: int

class RelationType:
    LABELLED_BY: int

class KeySynthType:
    PRESS: int
    RELEASE: int
    SYM: int

class StateSet:
    def contains(self, state: int) -> bool: ...

class Relation:
    def get_relation_type(self) -> int: ...
    def get_target(self, i: int) -> Accessible: ...

class Accessible:
    def get_attributes(self) -> dict[str, str]: ...
    def get_child_at_index(self, i: int) -> Accessible | None: ...
    def get_child_count(self) -> int: ...
    def get_description(self) -> str: ...
    def get_interfaces(self) -> list[str]: ...
    def get_name(self) -> str: ...
    def get_process_id(self) -> int: ...
    def get_relation_set(self) -> list[Relation]: ...
    def get_role_name(self) -> str: ...
    def get_state_set(self) -> StateSet: ...

class Event:
    type: str
    source: Accessible
    detail1: int
    any_data: object

class EventListener:
    @staticmethod
    def new(heard: Callable[[Event], None]) -> EventListener: ...
    def register(self, kind: str) -> bool: ...
    def deregister(self, kind: str) -> bool: ...

class Rect:
    x: int
    y: int
    width: int
    height: int

class CoordType:
    SCREEN: int
    WINDOW: int

class Component:
    @staticmethod
    def get_extents(node: Accessible, of: int) -> Rect: ...
    @staticmethod
    def grab_focus(node: Accessible) -> bool: ...

class Action:
    @staticmethod
    def do_action(node: Accessible, i: int) -> bool: ...
    @staticmethod
    def get_action_name(node: Accessible, i: int) -> str: ...
    @staticmethod
    def get_n_actions(node: Accessible) -> int: ...

class EditableText:
    @staticmethod
    def set_text_contents(node: Accessible, text: str) -> bool: ...

class Text:
    @staticmethod
    def get_text(node: Accessible, start: int, end: int) -> str: ...

def generate_keyboard_event(key: int, text: str | None, how: int) -> bool: ...
def get_desktop(i: int) -> Accessible: ...
def init() -> int: ...
