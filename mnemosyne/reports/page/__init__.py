"""The progress as one HTML page: no script, no network, nothing outside the file. Pure: templates come in as text.

`sections` says what stands on the page, `charts` and `calendar` draw, `page` puts it together. Only here are pygal and
Jinja imported, and only once a page is made.
"""
