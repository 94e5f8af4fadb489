# SPDX-License-Identifier: Apache-2.0
"""Fills memory, a quarter of it noise, and looks at all of it again: pressure.py MEBIBYTES. Run where less is allowed."""
import random
import sys

PAGE = 4096
NOISE = PAGE // 4
PAGES = (1 << 20) // PAGE


def mebibyte(number):
    noise = random.Random(number).randbytes(NOISE * PAGES)
    return b"".join(noise[i * NOISE:(i + 1) * NOISE] + bytes(PAGE - NOISE) for i in range(PAGES))


def swapped_kibibytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmSwap:"))


memory = [mebibyte(number) for number in range(int(sys.argv[1]))]
print("pushed out:", swapped_kibibytes() // 1024, "MiB", flush=True)
for number, content in enumerate(memory):
    if content != mebibyte(number):
        sys.exit(f"mebibyte {number} came back as something else")
print("all is as it was")
