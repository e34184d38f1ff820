"""One act on a case page: its words, its form, and when it is ready to be done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yishi.acts.door import Ask, Done
from yishi.core.refusal import Refusal
from yishi.web.case import forms
from yishi.web.case.shown import Shown
from yishi.web.photos import Photos

Do = Callable[[Ask, Shown, Any, Photos], "Done | Refusal"]


@dataclass(frozen=True)
class Deed:
    """One act on a case page.

    `verb` ends its address. `ready` says whether it is worth offering where the permit table
    allows it. `page` deeds are links to a page of their own. `kind`: "" or "danger". `natural`:
    it may be the one primary act; the rest can wait. `still`: what may yet be changed after it,
    said where a queue goes on to its next case. `press`: its key there. `turned`: what is said
    instead of `said` after some choices on the form; "" after the others. `replies`: its words go
    to who raised it, so what they may lack is shown before they are sent.
    """

    verb: str
    act: str
    word: Callable[[], str]
    said: Callable[[], str]
    form: type[forms.CaseForm] = forms.NoForm
    do: Do | None = None
    ready: Callable[[Shown], bool] = lambda shown: True
    hint: Callable[[], str] = lambda: ""
    kind: str = ""
    mark: str = ""
    natural: bool = False
    still: Callable[[], str] = lambda: ""
    press: str = ""
    turned: Callable[[Any], str] = lambda form: ""
    replies: bool = False

    def told(self, form: Any) -> str:
        """What is said once it is done, with what was chosen on `form`."""
        return self.turned(form) or self.said()

    @property
    def page(self) -> bool:
        """Whether it has a page of its own."""
        return self.do is None

    @property
    def name(self) -> str:
        """The name of its address."""
        return f"case_{self.verb.replace('-', '_')}"
