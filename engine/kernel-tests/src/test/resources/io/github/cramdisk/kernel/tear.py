# SPDX-License-Identifier: Apache-2.0
"""Shuts down every connection to a socket inside a process that serves it: tear.py PID SOCKET. As root."""
import ctypes
import os
import socket
import sys

PIDFD_GETFD = 438

pid, path = int(sys.argv[1]), sys.argv[2]
call = ctypes.CDLL(None, use_errno=True).syscall
process = os.pidfd_open(pid)
torn = 0
for name in os.listdir(f"/proc/{pid}/fd"):
    if not os.readlink(f"/proc/{pid}/fd/{name}").startswith("socket:"):
        continue
    number = call(PIDFD_GETFD, process, int(name), 0)
    if number < 0:
        raise OSError(ctypes.get_errno(), "pidfd_getfd")
    with socket.socket(fileno=number) as taken:
        if taken.family != socket.AF_UNIX or taken.getsockname() != path:
            continue
        if taken.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            continue
        taken.shutdown(socket.SHUT_RDWR)
        torn += 1
if torn == 0:
    sys.exit("there was no connection")
