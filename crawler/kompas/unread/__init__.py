"""Describe a page that no layout reads: which element holds each fact that another part of the page states.

`distance` compares the page with each layout. `stated` collects the facts of metas, JSON-LD, scripts and the address.
`text_places`, `lists`, `body_place` and `credit_places` find the elements that hold them; `paths` names an element in
CSS. `describe` puts all of it together, `report` prints it as the rows of a layout table.
"""
