"""The progress as one HTML page, without scripts or network access, in a single file.

Pure: templates are passed in as text. `sections` determines the content, `charts` and `calendar`
draw, `page` puts it together. pygal and Jinja are imported only here, and only when a page is made.
"""
