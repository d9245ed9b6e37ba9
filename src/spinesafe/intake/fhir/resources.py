"""The few fields of FHIR R4 that are read, typed. Everything else in a resource is passed over."""

from typing import TypeAlias

import msgspec

Raw: TypeAlias = msgspec.Raw
_NOTHING = Raw()


class Element(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A part of a resource. Fields bear the names of FHIR, in camel case."""


class Coding(Element, frozen=True, kw_only=True):
    """A code of a system. Its display is for people and is never read as a code."""

    system: str = ""
    code: str = ""
    display: str = ""


class Concept(Element, frozen=True, kw_only=True):
    """A concept: codes that mean the same, and a text."""

    coding: tuple[Coding, ...] = ()
    text: str = ""


class Identifier(Element, frozen=True, kw_only=True):
    """A business identifier."""

    system: str = ""
    value: str = ""


class Reference(Element, frozen=True, kw_only=True):
    """A pointer to another resource."""

    reference: str = ""
    type: str = ""
    identifier: Identifier | None = None


class Period(Element, frozen=True, kw_only=True):
    """A time from, and to."""

    start: str = ""
    end: str = ""


class Quantity(Element, frozen=True, kw_only=True):
    """A measured amount. `code` is UCUM; `unit` is for people."""

    value: float | None = None
    comparator: str = ""
    unit: str = ""
    system: str = ""
    code: str = ""


class Extension(Element, frozen=True, kw_only=True):
    """An extension, of which only a code is read."""

    url: str = ""
    value_code: str = ""


class Meta(Element, frozen=True, kw_only=True):
    """When this version was written."""

    last_updated: str = ""


class Resource(Element, frozen=True, kw_only=True):
    """What every resource has. `subject` or `patient` is whose it is."""

    resource_type: str
    id: str = ""
    meta: Meta | None = None
    contained: tuple[Raw, ...] = ()
    identifier: tuple[Identifier, ...] | Identifier = ()
    subject: Reference | None = None
    patient: Reference | None = None


class Patient(Resource, frozen=True, kw_only=True):
    """The person."""

    birth_date: str = ""
    deceased_boolean: bool = False
    deceased_date_time: str = ""


class Condition(Resource, frozen=True, kw_only=True):
    """A diagnosis, a problem or a symptom on record."""

    clinical_status: Concept | str | None = None
    verification_status: Concept | str | None = None
    code: Concept | None = None
    body_site: tuple[Concept, ...] = ()
    encounter: Reference | None = None
    onset_date_time: str = ""
    onset_age: Quantity | None = None
    onset_period: Period | None = None
    onset_string: str = ""
    abatement_date_time: str = ""
    abatement_age: Quantity | None = None
    abatement_period: Period | None = None
    abatement_string: str = ""
    recorded_date: str = ""
    recorder: Reference | None = None
    asserter: Reference | None = None


class Valued(Element, frozen=True, kw_only=True):
    """A value of one of the types that FHIR allows; `None` where another type was sent."""

    value_boolean: bool | None = None
    value_integer: int | None = None
    value_decimal: float | None = None
    value_quantity: Quantity | None = None
    value_codeable_concept: Concept | None = None
    value_coding: Coding | None = None
    value_string: str | None = None
    value_date: str | None = None
    value_date_time: str | None = None
    value_range: Raw = _NOTHING
    value_ratio: Raw = _NOTHING
    value_sampled_data: Raw = _NOTHING
    value_time: Raw = _NOTHING
    value_period: Raw = _NOTHING
    value_uri: Raw = _NOTHING
    value_attachment: Raw = _NOTHING
    value_reference: Raw = _NOTHING


class Component(Valued, frozen=True, kw_only=True):
    """One of several results of an observation."""

    code: Concept | None = None
    data_absent_reason: Concept | None = None
    interpretation: tuple[Concept, ...] = ()


class Observation(Component, frozen=True, kw_only=True):
    """Something observed, measured or answered: a component that is a resource of its own."""

    resource_type: str
    id: str = ""
    meta: Meta | None = None
    contained: tuple[Raw, ...] = ()
    identifier: tuple[Identifier, ...] | Identifier = ()
    subject: Reference | None = None
    patient: Reference | None = None
    status: str = ""
    focus: tuple[Reference, ...] = ()
    effective_date_time: str = ""
    effective_period: Period | None = None
    effective_instant: str = ""
    issued: str = ""
    component: tuple[Component, ...] = ()


class Answer(Valued, frozen=True, kw_only=True):
    """One answer to a question, with questions that hang on it."""

    extension: tuple[Extension, ...] = ()
    item: tuple["QuestionItem", ...] = ()


class QuestionItem(Element, frozen=True, kw_only=True):
    """A question or a group of questions, as answered."""

    link_id: str = ""
    answer: tuple[Answer, ...] = ()
    item: tuple["QuestionItem", ...] = ()


class QuestionnaireResponse(Resource, frozen=True, kw_only=True):
    """An interview."""

    status: str = ""
    authored: str = ""
    item: tuple[QuestionItem, ...] = ()


class CodeableReference(Element, frozen=True, kw_only=True):
    """A concept or a pointer, as later versions of FHIR write medicines."""

    concept: Concept | None = None
    reference: Reference | None = None


class Medicine(Resource, frozen=True, kw_only=True):
    """What names a medicine in any of the resources about it."""

    status: str = ""
    medication_codeable_concept: Concept | None = None
    medication_reference: Reference | None = None
    medication: CodeableReference | None = None


class MedicationRequest(Medicine, frozen=True, kw_only=True):
    """A medicine that was ordered."""

    intent: str = ""
    do_not_perform: bool = False
    authored_on: str = ""


class MedicationStatement(Medicine, frozen=True, kw_only=True):
    """A medicine that is said to be taken."""

    effective_date_time: str = ""
    effective_period: Period | None = None
    date_asserted: str = ""


class Ingredient(Element, frozen=True, kw_only=True):
    """A part of a medicine."""

    item_codeable_concept: Concept | None = None


class Medication(Resource, frozen=True, kw_only=True):
    """A medicine that other resources point to."""

    code: Concept | None = None
    ingredient: tuple[Ingredient, ...] = ()


class Procedure(Resource, frozen=True, kw_only=True):
    """Something that was done to the person."""

    status: str = ""
    code: Concept | None = None
    performed_date_time: str = ""
    performed_period: Period | None = None
    occurrence_date_time: str = ""
    occurrence_period: Period | None = None


class ServiceRequest(Resource, frozen=True, kw_only=True):
    """Something that is to be done: the plan."""

    status: str = ""
    intent: str = ""
    do_not_perform: bool = False
    code: Concept | None = None
    order_detail: tuple[Concept, ...] = ()
    body_site: tuple[Concept, ...] = ()


class Participant(Element, frozen=True, kw_only=True):
    """Who took part in an encounter, and as what."""

    type: tuple[Concept, ...] = ()
    individual: Reference | None = None
    actor: Reference | None = None


class Encounter(Resource, frozen=True, kw_only=True):
    """A visit."""

    participant: tuple[Participant, ...] = ()


class Qualification(Element, frozen=True, kw_only=True):
    """A licence or degree, while it holds."""

    code: Concept | None = None
    period: Period | None = None


class Practitioner(Resource, frozen=True, kw_only=True):
    """Somebody who works in health care."""

    qualification: tuple[Qualification, ...] = ()


class PractitionerRole(Resource, frozen=True, kw_only=True):
    """What somebody works as, and where."""

    practitioner: Reference | None = None
    code: tuple[Concept, ...] = ()
    period: Period | None = None


class Entry(Element, frozen=True, kw_only=True):
    """One entry of a bundle."""

    full_url: str = ""
    resource: Raw = _NOTHING
    request: "EntryRequest | None" = None


class EntryRequest(Element, frozen=True, kw_only=True):
    """What was done with an entry."""

    method: str = ""


class Bundle(Element, frozen=True, kw_only=True):
    """Several resources in one document."""

    type: str = ""
    entry: tuple[Entry, ...] = ()


class BareHead(Element, frozen=True, kw_only=True):
    """What a resource calls itself."""

    resource_type: str = ""
    id: str = ""


class Head(BareHead, frozen=True, kw_only=True):
    """What is read of a resource before it is known whose it is."""

    subject: Reference | None = None
    patient: Reference | None = None


AnyResource: TypeAlias = Resource | Observation

TYPES: dict[str, type[AnyResource]] = {
    "Patient": Patient,
    "Condition": Condition,
    "Observation": Observation,
    "QuestionnaireResponse": QuestionnaireResponse,
    "MedicationRequest": MedicationRequest,
    "MedicationStatement": MedicationStatement,
    "Medication": Medication,
    "Procedure": Procedure,
    "ServiceRequest": ServiceRequest,
    "Encounter": Encounter,
    "Practitioner": Practitioner,
    "PractitionerRole": PractitionerRole,
}
"""The resources that are read, by the name of their type."""

SHARED = frozenset({"Practitioner", "PractitionerRole", "Medication", "Organization", "Location", "Questionnaire"})
"""Resources that are nobody's own: others point to them."""
