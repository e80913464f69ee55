"""What stands between every request and its view."""

import pytest

from unionoffice.roles import Role


@pytest.mark.parametrize("address", ["/find/?q=%00", "/members/find/?q=a%00", "/", "/reports/"])
def test_a_sign_that_no_database_text_can_hold_is_refused_in_a_sentence(address, log_in):
    address = address if "?" in address else f"{address}?x=%00"
    response = log_in(Role.CHAIR).get(address)
    assert response.status_code == 400
    assert "网址里有一个不能用的字符，回到上一页重新填写。" in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/members/", "/nowhere/", "/reports/?period=x"])
def test_a_page_for_a_user_is_kept_in_no_cache(address, log_in):
    assert log_in(Role.CHAIR).get(address)["Cache-Control"] == "private, no-store"


def test_a_page_for_everyone_and_a_download_say_nothing_about_caches(log_in, office, client):
    assert client.get("/members/")["Location"].startswith("/login/")
    assert "Cache-Control" not in client.get("/members/")
    download = log_in(Role.CHAIR).get("/members/export/?format=csv")
    assert download.status_code == 200
    assert "Cache-Control" not in download
