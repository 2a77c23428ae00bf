"""The judge in the browsers inside Android's apps, whose names an engine's loader may take for an old Safari."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.judge_pages import all_pass, place, submit, text
from tests.listening import quiet

SLUG = "online-softmax"
_ANDROID = "Mozilla/5.0 (Linux; {system}) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 {rest}"
AGENTS = {
    "WebView": _ANDROID.format(
        system="Android 14; Pixel 8 Build/UQ1A.240205.004; wv", rest="Chrome/130.0.6723.58 Mobile Safari/537.36"
    ),
    "WeChat": _ANDROID.format(
        system="Android 13; V2148A Build/TP1A.220624.014; wv",
        rest="Chrome/130.0.6723.103 Mobile Safari/537.36 XWEB/1300259 MMWEBSDK/20241103"
        " MicroMessenger/8.0.55.2780(0x2800373B) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64",
    ),
    "QQ": _ANDROID.format(
        system="U; Android 13; zh-cn; PHM110 Build/TP1A.220905.001",
        rest="Chrome/109.0.5414.86 MQQBrowser/15.0 Mobile Safari/537.36",
    ),
    "MIUI": _ANDROID.format(
        system="U; Android 14; zh-cn; 23049RAD8C Build/UKQ1.230804.001",
        rest="Chrome/112.0.5615.136 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.7.40827",
    ),
}
_NAME_IN_A_WORKER = """() => new Promise(told => {
  const worker = new Worker(URL.createObjectURL(new Blob(["postMessage(navigator.userAgent)"])))
  worker.onmessage = ({ data }) => told(data)
})"""


@pytest.mark.parametrize("app", AGENTS)
def test_an_answer_is_judged(app: str, chrome: Browser, address: str) -> None:
    with quiet(chrome, 360, user_agent=AGENTS[app]) as page:
        page.goto(place(address, "", SLUG))
        # A worker has the app's name too, or the test says nothing.
        assert page.evaluate(_NAME_IN_A_WORKER) == AGENTS[app]
        submit(page, "", text(SLUG, "solution.py"))
        expect(page.locator(".judge__status")).to_have_text(all_pass(""))
