"""Roles in words, for the window: see `services.records.role_words`."""

from intake_app.services.records.role_words import ROLES as ROLES
from intake_app.services.records.role_words import role_name as role_name
from intake_app.services.records.role_words import role_names as role_names
