#!/bin/sh
# Makes .venv with all that the program and its tests need, once; afterwards it only looks whether that still holds.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"; else return 1; fi
}

install_packages() { # Debian and Ubuntu; elsewhere the person is told what is missing
    command -v apt-get >/dev/null 2>&1 || return 1
    say "Installing with apt-get: $*"
    as_root apt-get update -qq >/dev/null 2>&1 || say "apt-get update did not work; trying with the lists that are there."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

QT_LIBRARIES="libegl1 libgl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0
    libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0
    fontconfig fonts-dejavu-core"

SCREEN_READER="at-spi2-core gir1.2-atspi-2.0 python3-gi xvfb xauth xdotool dbus"

qt_works() { # without a display, and with letters
    QT_QPA_PLATFORM=offscreen .venv/bin/python -c \
        'from PySide6.QtWidgets import QApplication; from PySide6.QtGui import QFontDatabase
import sys; application = QApplication([]); sys.exit(not QFontDatabase.families())' 2>.venv/qt.log
}

windows_open() { # on a display there may be later: Qt says what is missing only then
    .venv/bin/python -c 'import ctypes, pathlib; from PySide6.QtCore import QLibraryInfo
for windows in pathlib.Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms").glob("libqxcb.so"):
    ctypes.CDLL(str(windows))' 2>.venv/qt.log
}

if [ "${1:-}" = screen-reader ]; then # what the tests in tests/ui/heard listen with
    # shellcheck disable=SC2086 a list of names
    install_packages $SCREEN_READER || say "What a screen reader hears is not tested: install $SCREEN_READER"
    exit 0
fi

python=$(find_python) || {
    install_packages python3 python3-venv && python=$(find_python) || {
        say "Annotator needs Python 3.11 or newer. Install it (https://www.python.org) and run this again."
        exit 1
    }
}

wanted=$("$python" -c 'import hashlib, pathlib, sys
print(sys.version.split()[0], hashlib.sha256(pathlib.Path("pyproject.toml").read_bytes()).hexdigest())')
if [ "$(cat .venv/ready 2>/dev/null || true)" = "$wanted" ]; then exit 0; fi

say "Setting up .venv with $python. This takes a few minutes the first time; afterwards no network is needed."
"$python" -m venv .venv >/dev/null 2>&1 || {
    rm -rf .venv
    install_packages python3-venv && "$python" -m venv .venv || {
        say "$python cannot make a virtual environment. Install its venv module (python3-venv) and run this again."
        exit 1
    }
}
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' || {
    say "The Python packages could not be installed. The message above says why; the first time needs a network."
    exit 1
}
qt_works || {
    # shellcheck disable=SC2086 a list of names
    install_packages $QT_LIBRARIES && qt_works || {
        say "Qt does not start: $(tail -n 1 .venv/qt.log)"
        say "Install these system libraries (Debian's names) and run this again: $(echo $QT_LIBRARIES)"
        exit 1
    }
}
windows_open || {
    # shellcheck disable=SC2086 a list of names
    install_packages $QT_LIBRARIES && windows_open || {
        say "No window can be opened on a display: $(tail -n 1 .venv/qt.log)"
        say "For that, install these system libraries (Debian's names): $(echo $QT_LIBRARIES)"
    }
}
printf '%s' "$wanted" >.venv/ready
