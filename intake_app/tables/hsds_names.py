"""What the tables of HSDS 3 are called, and how its nested JSON hangs together."""

from typing import Final

TABLES: Final = {
    "organization": "organization", "organizations": "organization",
    "service": "service", "services": "service",
    "location": "location", "locations": "location",
    "service_at_location": "service_at_location", "service_at_locations": "service_at_location",
    "services_at_location": "service_at_location", "services_at_locations": "service_at_location",
    "phone": "phone", "phones": "phone",
    "schedule": "schedule", "schedules": "schedule",
    "language": "language", "languages": "language",
    "address": "address", "addresses": "address", "physical_addresses": "address",
    "cost_option": "cost_option", "cost_options": "cost_option",
    "required_document": "required_document", "required_documents": "required_document",
    "accessibility": "accessibility",
    "attribute": "attribute", "attributes": "attribute",
    "taxonomy_term": "taxonomy_term", "taxonomy_terms": "taxonomy_term",
    "local": "local", "locals": "local",
}  # fmt: skip
"""Our name of a table, by its name in a file: older versions use the plural. "local" is the
extension of this program: what HSDS leaves out (does it take Medicaid, who drives there)."""

PARENTS: Final = ("organization", "service", "location", "service_at_location")
"""Tables whose rows have children; the order in which they are joined."""

CHILDREN: Final = {
    "organization": ("services", "locations", "phones"),
    "service": (
        "service_at_locations", "phones", "schedules", "languages", "cost_options",
        "required_documents", "attributes", "local",
    ),
    "location": ("phones", "schedules", "languages", "addresses", "accessibility"),
    "service_at_location": ("phones", "schedules", "attributes", "local"),
}  # fmt: skip
"""What may be nested in an entry, as a list (or, for "local", as one object)."""

SINGLE: Final = {
    "service": ("organization",),
    "service_at_location": ("service", "location"),
    "attribute": ("taxonomy_term",),
}
"""What an entry may point at by holding it."""

SMALL: Final = (
    "phone", "schedule", "language", "address", "cost_option", "required_document",
    "accessibility", "attribute", "local",
)  # fmt: skip
"""Tables whose rows hang on others."""

TEXTS: Final = (
    "description", "email", "url", "interpretation_services", "eligibility_description",
    "application_process", "alert", "wait_time", "fees_description", "minimum_age", "maximum_age",
    "assured_date",
)  # fmt: skip
"""Columns of a service that are told to be empty where nested JSON leaves them out."""
