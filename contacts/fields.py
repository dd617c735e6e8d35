"""The fields of a coordinator's entry and of a municipality: one row for each, which all that lists fields reads.

Read by the own pages with their history and mail, the imports, the registers with their
documentation, the forms and lists of the admin, and the translation of models. A field's label is
the `verbose_name` of the model's field. A field is added to the entries by its row here, the model,
the template that shows it, and its words in the catalogue; the README names the commands that write the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, Flag, IntEnum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pages.languages import default_field, localized_fields


class Kind(Enum):
    """How a value is read, kept and written."""

    TEXT = auto()  # also one of the model's choices
    EMAIL = auto()
    DATE = auto()
    FLAG = auto()
    NUMBER = auto()  # of a phone
    LINE_NUMBER = auto()  # of a support line, as its owner writes it
    PHONES = auto()  # rows of kind and number
    COUNTY = auto()
    COUNTIES = auto()
    ENTRY = auto()  # another coordinator
    CARD = auto()  # the addresses of the vCard, which no column holds


class ChangedBy(IntEnum):
    """Who may change a field: the one that is named, and those before it."""

    NOBODY = auto()
    EDITOR = auto()
    COORDINATOR = auto()
    DEPUTY = auto()


class Is(Flag):
    """What else is true of a field."""

    NOTHING = 0
    LOCALIZED = auto()  # in every language of the site
    REQUIRED = auto()  # in imports; in the default language, where it is localized
    IMPORTED = auto()
    MAILED = auto()  # to the editors, when a coordinator changes it
    CONFIRMED = auto()  # by a button of the own pages: not in their form


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its name in the model, without a language."""

    name: str
    kind: Kind
    changed_by: ChangedBy
    traits: Is = Is.NOTHING
    meaning: str | Promise = ""  # in the documentation of the register; "" for what is not exported
    heading: str | Promise = ""  # in the admin: fields in a row with the same heading are one panel
    beside: str = ""  # in the admin: fields with the same word stand side by side
    column: int = 0  # in the admin: the position in the list; 0 for what is not listed

    @property
    def names(self) -> list[str]:
        """The names of the model's fields: one, or one for each language."""
        return localized_fields(self.name) if Is.LOCALIZED in self.traits else [self.name]

    @property
    def default_name(self) -> str:
        """The name of the model's field, or of that in the default language."""
        return default_field(self.name) if Is.LOCALIZED in self.traits else self.name

    @property
    def export_name(self) -> str:
        """The name in the register, in which a number is an object."""
        return self.name.removesuffix("_number")


TEXT, DATE, NUMBER = Kind.TEXT, Kind.DATE, Kind.NUMBER
NOBODY, EDITOR, COORDINATOR, DEPUTY = ChangedBy
LOCALIZED, REQUIRED, IMPORTED, MAILED, CONFIRMED = Is
WHO, NOTE, CARE = _("Who it is"), _("Note to readers"), _("Care of the entry")
NUMBERS, SOURCE = _("Numbers"), _("Where they come from")

# In the order of the register and of the admin.
COORDINATOR_FIELDS = (
    Field(
        "uid", TEXT, NOBODY, meaning=_("Identifier of the entry, a UUID; the same for as long as there is the entry")
    ),
    Field("name", TEXT, EDITOR, REQUIRED | IMPORTED, _("Name"), heading=WHO, column=1),
    Field("role", TEXT, DEPUTY, LOCALIZED | REQUIRED | IMPORTED, _("Role, by language"), heading=WHO),
    Field("employer", TEXT, DEPUTY, REQUIRED | IMPORTED, _("Employer"), heading=WHO, column=3),
    Field("target_group", TEXT, DEPUTY, REQUIRED | IMPORTED, _("Works with: adults, children or both"), heading=WHO),
    Field("counties", Kind.COUNTIES, EDITOR, REQUIRED | IMPORTED, _("Counties: official code and name"), column=2),
    Field(
        "phones",
        Kind.PHONES,
        DEPUTY,
        REQUIRED | IMPORTED | MAILED,
        _("Numbers: kind (direct, mobile or switchboard), E.164, tel: address, and as the site writes it"),
    ),
    Field("email", Kind.EMAIL, DEPUTY, IMPORTED | MAILED, _("Work e-mail; empty when there is none")),
    Field("note", TEXT, DEPUTY, LOCALIZED | IMPORTED, _("Note to readers, by language"), heading=NOTE),
    Field(
        "deputy", Kind.ENTRY, EDITOR, meaning=_("Identifier of the deputy, when that entry is published"), heading=CARE
    ),
    # A deputy who could make the leave longer would hold the entry for ever.
    Field("leave_from", DATE, COORDINATOR, meaning=_("First day of a leave"), heading=CARE, beside="leave"),
    Field(
        "leave_until",
        DATE,
        COORDINATOR,
        meaning=_("Last day of the leave, during which the deputy answers"),
        heading=CARE,
        beside="leave",
    ),
    Field("is_example", Kind.FLAG, EDITOR, meaning=_("True for an invented person of the demonstration"), heading=CARE),
    Field(
        "confirmed_on",
        DATE,
        DEPUTY,
        IMPORTED | CONFIRMED,
        _("Date when the coordinator last said that the entry is right"),
        heading=CARE,
        column=4,
    ),
    Field("vcard", Kind.CARD, NOBODY, meaning=_("Address of the entry as a vCard, by language")),
)
# In the order of the register and of the forms.
MUNICIPALITY_FIELDS = (
    Field("code", TEXT, NOBODY, meaning=_("Official code of four digits (Statistics Sweden)")),
    Field("name", TEXT, NOBODY, LOCALIZED, _("Name, by language")),
    Field("formal_name", TEXT, NOBODY, meaning=_("Formal name in Swedish")),
    Field("county", Kind.COUNTY, NOBODY, meaning=_("County: official code and name")),
    Field(
        "social_services_number",
        NUMBER,
        DEPUTY,
        IMPORTED | MAILED,
        _("Number of the social services, when it is known"),
        heading=NUMBERS,
    ),
    Field(
        "out_of_hours_number",
        NUMBER,
        DEPUTY,
        IMPORTED | MAILED,
        _("Number of the out-of-hours social services, when it is known"),
        heading=NUMBERS,
    ),
    Field("website", TEXT, DEPUTY, IMPORTED | MAILED, _("Web address"), heading=NUMBERS),
    Field("source", TEXT, DEPUTY, REQUIRED | IMPORTED, _("Where the numbers come from"), heading=SOURCE),
    Field("checked_on", DATE, DEPUTY, REQUIRED | IMPORTED, _("Date when the numbers were checked"), heading=SOURCE),
)
BY_NAME = {name: field for field in (*COORDINATOR_FIELDS, *MUNICIPALITY_FIELDS) for name in field.names}

# What changes most comes first in the own pages' form, in the history and in mail.
_FIRST = ("phones", "email", "employer")


def on_own_pages(fields: Iterable[Field]) -> list[Field]:
    """Return the fields that a coordinator may change, in the order of the form."""
    order = {name: position for position, name in enumerate(_FIRST)}
    changed = [field for field in fields if field.changed_by >= COORDINATOR]
    return sorted(changed, key=lambda field: order.get(field.name, len(order)))


def names_with(trait: Is, fields: Iterable[Field]) -> list[str]:
    """Return the names of the fields with a trait, in every language; with `Is.NOTHING`, of all."""
    return [name for field in fields if trait in field.traits for name in field.names]
