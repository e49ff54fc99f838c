"""Check an article before it is ready: a registry that `print` and `website` add to."""

from magazine.checks import places
from magazine.checks.findings import Finding, Severity, subject_of
from magazine.checks.passing import PassError, pass_finding, withdraw_pass
from magazine.checks.registry import blocking, draft_of, findings, register

__all__ = [
    "Finding",
    "PassError",
    "Severity",
    "blocking",
    "draft_of",
    "findings",
    "pass_finding",
    "places",
    "register",
    "subject_of",
    "withdraw_pass",
]
