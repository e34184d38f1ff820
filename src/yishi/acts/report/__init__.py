"""What a resident raises, or somebody raises for them: filed, settled on the spot, rated."""

from yishi.acts.report.filing import file, file_for, settle_on_spot
from yishi.acts.report.joining import join
from yishi.acts.report.rating import rate
from yishi.acts.report.words import Words

__all__ = ["Words", "file", "file_for", "join", "rate", "settle_on_spot"]
