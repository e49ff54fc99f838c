"""The rules, by what they look at; each is a small function with an id and a source."""

from print.preflight.rules import black, boxes, colours, file, fonts, pictures, text

RULES = {
    rule.id: rule
    for family in (file, boxes, colours, black, text, fonts, pictures)
    for rule in family.RULES
}
