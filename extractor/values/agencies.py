"""Public bodies: lists told apart (`bodies`), parts they play (`roles`), the form that equal names share (`names`)."""

from extractor.values.bodies import Agency, is_agency, split_agencies
from extractor.values.names import normal_agency
from extractor.values.roles import split_roles

__all__ = ["Agency", "is_agency", "normal_agency", "split_agencies", "split_roles"]
