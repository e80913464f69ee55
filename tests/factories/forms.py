"""What a browser sends back."""

from unionoffice.concurrent import as_text


def posted_back(page) -> dict[str, str]:
    """What a browser would send if nobody typed anything into the page's form."""
    form = page.context["form"]
    assert 'name="seen"' in page.content.decode()
    data = {name: as_text(form[name].value()) for name in form.fields if name != "files"}
    return {name: value for name, value in data.items() if value not in ("", "False")}
