"""A round of small works (微实事): its money by source, the wishes put forward, their screening."""
