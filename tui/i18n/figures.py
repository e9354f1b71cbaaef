"""What the figures that follow from a card are called, and the segments by purchases."""

from collections.abc import Mapping

from tui.i18n import N_, _

FIGURES: Mapping[str, str] = {
    "name": N_("Full name"),
    "number": N_("Client number"),
    "age": N_("Age"),
    "birthday": N_("Birthday"),
    "spent": N_("Spent"),
    "bought": N_("Purchases made"),
    "last_purchase": N_("Last purchase"),
    "first_purchase": N_("First purchase"),
    "last_contact": N_("Last contact"),
    "task": N_("Open task"),
    "consent": N_("Valid consent"),
    "rfm": N_("Segment by purchases"),
    "completeness": N_("Completeness of the card"),
    "created": N_("Card made"),
    "updated": N_("Card changed"),
}

SEGMENTS: Mapping[str, str] = {
    "champions": N_("champions"),
    "loyal": N_("loyal customers"),
    "potential_loyalists": N_("potentially loyal"),
    "new": N_("new customers"),
    "promising": N_("promising"),
    "need_attention": N_("need attention"),
    "about_to_sleep": N_("about to fall asleep"),
    "at_risk": N_("at risk"),
    "cant_lose": N_("not to be lost"),
    "hibernating": N_("asleep"),
}


def figure_label(name: str) -> str:
    """What a figure is called."""
    return _(FIGURES[name]) if name in FIGURES else name


def segment_label(code: str) -> str:
    """What a segment is called."""
    return _(SEGMENTS[code]) if code in SEGMENTS else code
