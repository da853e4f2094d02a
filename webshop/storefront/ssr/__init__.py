"""First pages: what the browser shows of the catalogue or of a product before any script has come.

The shop draws them into the frontend's entry page, with the frontend's own texts and class names,
and sends along the API's answers that they were drawn from; the frontend then draws the same from
these.
"""
