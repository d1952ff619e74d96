import gc, weakref
from shiboken6 import isValid
from PySide6.QtCore import Qt


def test_leak(reading):
    v1 = reading.read("One two three. " * 50, "A")
    reading.highlight("two three")
    r1, t1 = weakref.ref(v1), weakref.ref(v1.opened.text)
    ver1 = reading.version
    del v1
    reading.actions["find"].trigger()
    reading.type("two")
    reading.wait(lambda: len(reading.screen.find_bar.seeker.hits) > 0)
    reading.press(Qt.Key.Key_Escape)
    v2 = reading.read("Other text.", "B")
    reading.screen.open_pages.close_everywhere(ver1)
    for _ in range(20):
        reading.qtbot.wait(20); gc.collect()
    print("view alive:", r1() is not None, "text alive:", t1() is not None)
    for ref in (r1, t1):
        if ref() is not None:
            for x in gc.get_referrers(ref()):
                print("  ", type(x), str(x)[:200] if not isinstance(x, dict) else list(x)[:12])
                for y in gc.get_referrers(x)[:6]:
                    print("        ", type(y), str(y)[:120])

def test_moving_stuck(reading, tmp_path):
    reading.read("One two three four five six. " * 5, "A")
    p = reading.highlight("two three")
    desk = reading.desk
    reading.screen.passages.reshape(((4, 18),))
    desk.close_project()
    reading.wait(lambda: not desk.jobs.busy)
    print("moving", reading.screen.passages._moving)
