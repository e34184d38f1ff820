#!/bin/sh
# Puts Chromium, Chinese fonts and what reads a PDF in place where they are missing and may be installed.
# Prints what it did or could not do; the tests then skip, or fail where YISHI_REQUIRE says so.
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v pdfinfo >/dev/null 2>&1 || missing="$missing poppler-utils"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing …"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends fontconfig $missing; } \
        >/dev/null 2>&1 || echo "apt could not install$missing."
else
    echo "Missing:$missing. Install them with your system's packages (on Debian: apt install$missing)."
fi
exit 0
