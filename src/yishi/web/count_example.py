"""A small election to try the count on: five works of a street and thirty neighbours, made up.

A little more than half want the car park and the sound screen. By most votes the two take nearly
everything; by equal shares the others have their ramp, benches and lamps.
"""

_BALLOTS = (
    (14, "park,dance"),
    (2, "park,bench"),
    (5, "ramp,bench"),
    (3, "bench,lamp"),
    (4, "ramp,lamp"),
    (2, "lamp"),
)

_HEAD = """META
key;value
description;东大路小修小补（示例）
rule;equalshares/add1
vote_type;approval
currency;CNY
budget;60000
num_projects;5
num_votes;30
PROJECTS
project_id;cost;name
park;42000;停车位重新划线、铺透水砖
ramp;12000;单元门口加无障碍坡道
bench;9000;树荫下添六张长椅
lamp;8000;北门补两盏路灯
dance;15000;小广场做隔音围挡
VOTES
voter_id;vote
"""

EXAMPLE = _HEAD + "".join(
    f"{voter};{ballot}\n"
    for voter, ballot in enumerate((ballot for times, ballot in _BALLOTS for _ in range(times)), 1)
)
"""As a `.pb` file."""
