"""From words, place and channel to rows of the responsibility list, and from a row to its unit.

`Items` suggests items with confidence and reason; `Units` suggests who leads. Both learn a case
in microseconds, both keep hashed or counted evidence only, no texts.
"""

from yishi.assist.routing.items import Case, Heard, Item, Items, Suggested
from yishi.assist.routing.unit import Units, Where, unit_name

__all__ = ["Case", "Heard", "Item", "Items", "Suggested", "Units", "Where", "unit_name"]
