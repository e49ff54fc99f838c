"""Name the roles of the house, as Django groups that a migration makes."""

EDITOR_IN_CHIEF = "Rédaction en chef"
EDITOR = "Rédaction"
CONTRIBUTOR = "Contribution"
PRODUCTION = "Fabrication"
PRINT_PARTNER = "Imprimeur"

ROLES = (EDITOR_IN_CHIEF, EDITOR, CONTRIBUTOR, PRODUCTION, PRINT_PARTNER)
