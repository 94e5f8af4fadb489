#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Connects /dev/nbdN to an export of an NBD server on a Unix socket, as root, over generic netlink.

    kernel_nbd.py attach SOCKET EXPORT           prints the device, which the kernel chooses
    kernel_nbd.py reattach SOCKET EXPORT DEVICE  gives the device a new connection after its server has died
    kernel_nbd.py detach DEVICE

One connection, no request timeout, an endless wait for a dead one, and a short timer of the block layer: only so the
kernel neither gives up a server that is slow or gone, nor takes half a minute to send again what was under way.
Numbers are those of linux/nbd-netlink.h and of the NBD protocol.
"""
import socket
import struct
import sys

CONNECT, DISCONNECT, RECONFIGURE = 1, 2, 3
INDEX, SIZE_BYTES, BLOCK_SIZE, TIMEOUT, SERVER_FLAGS, SOCKETS, DEAD_CONN_TIMEOUT, IDENTIFIER = 1, 2, 3, 4, 5, 7, 8, 10
A_YEAR_SECONDS = 31536000
NESTED = 0x8000


def receive(connection, length):
    data = b""
    while len(data) < length:
        part = connection.recv(length - len(data))
        if not part:
            sys.exit("the server has closed the connection")
        data += part
    return data


def negotiate(path, export):
    """Fixed newstyle, NBD_OPT_GO; returns the connection, the size and the transmission flags."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    receive(connection, 18)
    connection.sendall(struct.pack(">I", 3))
    name = export.encode()
    data = struct.pack(">I", len(name)) + name + struct.pack(">HH", 1, 3)
    connection.sendall(b"IHAVEOPT" + struct.pack(">II", 7, len(data)) + data)
    size = flags = 0
    while True:
        _, _, kind, length = struct.unpack(">QIII", receive(connection, 20))
        payload = receive(connection, length)
        if kind == 1:
            return connection, size, flags
        if kind & 0x80000000:
            sys.exit("the server refuses: %r" % payload)
        if payload[:2] == b"\0\0":
            size, flags = struct.unpack(">QH", payload[2:12])


def attribute(kind, payload):
    length = 4 + len(payload)
    return struct.pack("=HH", length, kind) + payload + b"\0" * (-length % 4)


def attributes(message):
    found, at = {}, 0
    while at + 4 <= len(message):
        length, kind = struct.unpack("=HH", message[at:at + 4])
        found[kind & 0x3FFF] = message[at + 4:at + length]
        at += (length + 3) & ~3
    return found


def call(netlink, family, command, version, payload):
    """Sends one request (REQUEST and ACK) and returns the attributes of the answer before the ACK."""
    body = struct.pack("=BBH", command, version, 0) + payload
    netlink.send(struct.pack("=IHHII", 16 + len(body), family, 5, 1, 0) + body)
    answer = {}
    while True:
        data, at = netlink.recv(65536), 0
        while at < len(data):
            length, kind = struct.unpack("=IH", data[at:at + 6])
            if kind == 2:
                (error,) = struct.unpack("=i", data[at + 16:at + 20])
                if error:
                    sys.exit("the kernel refuses: error %d" % -error)
                return answer
            answer = attributes(data[at + 20:at + length])
            at += (length + 3) & ~3


def u32(value):
    return struct.pack("=I", value)


def u64(value):
    return struct.pack("=Q", value)


def index_of(device):
    return attribute(INDEX, u32(int(device.removeprefix("/dev/nbd"))))


def main(verb, *arguments):
    netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
    netlink.bind((0, 0))
    (family,) = struct.unpack("=H", call(netlink, 16, 3, 2, attribute(2, b"nbd\0"))[1])
    if verb == "detach":
        call(netlink, family, DISCONNECT, 1, index_of(arguments[0]))
        return
    path, export = arguments[:2]
    connection, size, flags = negotiate(path, export)
    descriptor = attribute(1, u32(connection.fileno()))
    common = attribute(SOCKETS | NESTED, attribute(1 | NESTED, descriptor)) + attribute(
        IDENTIFIER, export.encode() + b"\0")
    if verb == "reattach":
        call(netlink, family, RECONFIGURE, 1, index_of(arguments[2]) + common)
        return
    settings = (
        attribute(SIZE_BYTES, u64(size)) + attribute(BLOCK_SIZE, u64(4096)) + attribute(TIMEOUT, u64(0))
        + attribute(SERVER_FLAGS, u64(flags)) + attribute(DEAD_CONN_TIMEOUT, u64(A_YEAR_SECONDS)))
    (index,) = struct.unpack("=I", call(netlink, family, CONNECT, 1, settings + common)[INDEX])
    with open("/sys/block/nbd%d/queue/io_timeout" % index, "w", encoding="ascii") as timer:
        timer.write("1000")
    print("/dev/nbd%d" % index)


main(*sys.argv[1:])
