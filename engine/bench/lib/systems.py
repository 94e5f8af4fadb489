# SPDX-License-Identifier: Apache-2.0
"""What is compared: servers of one disk each, fresh for every round, each with its memory and its end."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
CRAMDISK = ROOT / "target/dist/bin/cramdisk"
ENGINE = ROOT / "target/dist/bin/cramdisk-engine"
ZRAM_CONTROL = pathlib.Path("/sys/class/zram-control")
MEBI = 1 << 20
START_SECONDS = 30


def wait_until(condition, what, seconds=START_SECONDS, every=0.005):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited in vain for {what}")
        time.sleep(every)


def run(*command, **options):
    return subprocess.run([str(c) for c in command], stdin=subprocess.DEVNULL, check=True, **options)


class Server:
    """An NBD server in one process, from its start to its end."""

    def __init__(self, directory, size_mib):
        self.directory = pathlib.Path(directory)
        self.size_mib = size_mib
        self.process = None
        self.socket = self.directory / "nbd.sock"
        self.uri = f"nbd+unix:///?socket={self.socket}"

    def serve(self, *command):
        self.process = subprocess.Popen([str(c) for c in command], stdin=subprocess.DEVNULL)
        wait_until(self.socket.exists, "the socket of " + str(command[0]))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rss(self, *kinds):
        """Bytes of the process in RAM, by kind: Anon, File, Shmem."""
        lines = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(tuple("Rss" + k for k in kinds)))

    def memory(self):
        """Mebibytes: what holds the data, and what the process needs besides. Here it cannot be told apart."""
        return {"data": self.rss("Anon", "File", "Shmem") / MEBI, "private": 0}


class Nbdkit(Server):
    def __init__(self, directory, size_mib, *plugin):
        super().__init__(directory, size_mib)
        self.plugin = plugin

    def start(self):
        name, *options = self.plugin
        self.serve("nbdkit", "--foreground", "--unix", self.socket, name, f"{self.size_mib}M", *options)


class QemuNbd(Server):
    """A raw file on tmpfs."""

    def start(self):
        self.file = pathlib.Path(tempfile.mkdtemp(prefix="cdbench", dir="/dev/shm")) / "file"
        self.file.touch()
        os.truncate(self.file, self.size_mib * MEBI)
        self.serve("qemu-nbd", "--persistent", "--shared=16", "--format=raw", f"--socket={self.socket}", self.file)

    def memory(self):
        return {"data": self.file.stat().st_blocks * 512 / MEBI, "private": self.rss("Anon", "File") / MEBI}

    def stop(self):
        super().stop()
        shutil.rmtree(self.file.parent)


class Cramdisk(Server):
    # Root gives the arena a tmpfs of its own with huge pages, as the helper makes it; else it lies in /dev/shm.
    own_tmpfs = os.geteuid() == 0

    def __init__(self, directory, size_mib, *options):
        super().__init__(directory, size_mib)
        self.options = options
        self.arena = pathlib.Path(tempfile.mkdtemp(prefix="cdbench", dir="/dev/shm"))
        if Cramdisk.own_tmpfs:
            run("mount", "-t", "tmpfs", "-o", "size=90%,mode=700,huge=advise", "tmpfs", self.arena)
        names = {"RUNTIME": self.directory / "run", "ARENA": self.arena / "arena", "CONFIG": self.directory / "config",
                 "DATA": self.directory / "data"}
        self.environment = dict(os.environ, **{f"CRAMDISK_{k}_DIR": str(v) for k, v in names.items()})
        names["RUNTIME"].mkdir(mode=0o700)
        self.socket = names["RUNTIME"] / "nbd.sock"

    def start(self, create=True):
        self.launch()
        wait_until(self.socket.exists, "the engine's socket")
        if create:
            self.uri = json.loads(self.cramdisk("disk", "create", "bench", "--size", f"{self.size_mib}M", *self.options,
                                                "--json"))["uri"]

    def launch(self):
        self.log = open(self.directory / "engine-output.log", "w")
        self.process = subprocess.Popen([ENGINE, "--foreground"], stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=self.log, env=self.environment)

    def end(self):
        super().stop()
        self.log.close()

    def cramdisk(self, *arguments):
        return run(CRAMDISK, *arguments, stdout=subprocess.PIPE, env=self.environment).stdout

    def memory(self):
        # Allocated blocks of arena and index, mapped or not; and what the process has that no other one shares.
        files = sum(f.stat().st_blocks * 512 for f in self.arena.rglob("*") if f.is_file())
        private = json.loads(self.cramdisk("engine", "status", "--json"))["privateBytes"]
        return {"data": files / MEBI, "private": private / MEBI}

    def kill(self):
        """kill -9, and another engine; seconds until the disk answers a read again."""
        self.process.kill()
        self.process.wait()
        began = time.monotonic()
        self.socket.unlink(missing_ok=True)
        self.start(create=False)
        run("nbdinfo", "--size", self.uri, stdout=subprocess.DEVNULL)
        return time.monotonic() - began

    def stop(self):
        self.end()
        if Cramdisk.own_tmpfs:
            run("umount", self.arena)
        shutil.rmtree(self.arena)


class SupervisedCramdisk(Cramdisk):
    """As users have it: with the launcher, which starts the next engine when one dies."""

    def launch(self):
        self.cramdisk("engine", "start")

    def end(self):
        self.cramdisk("engine", "stop")

    def silence(self, cause):
        """Seconds from the moment that a connection ends, because of the cause, until the next one is greeted."""
        with socket.socket(socket.AF_UNIX) as connection:
            self.greet(connection)
            cause()
            connection.settimeout(START_SECONDS)
            # The engine answers nothing that nobody asked.
            while connection.recv(1024):
                pass
        began = time.monotonic()
        wait_until(self.greets, "an engine that serves", every=0.002)
        return time.monotonic() - began

    def greets(self):
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(START_SECONDS)
                self.greet(connection)
                return True
        except (FileNotFoundError, ConnectionError):
            return False

    def greet(self, connection):
        connection.connect(str(self.socket))
        if not connection.recv(18, socket.MSG_WAITALL).startswith(b"NBDMAGIC"):
            raise ConnectionResetError("no server")

    def pid(self):
        return json.loads(self.cramdisk("engine", "status", "--json"))["pid"]


class Zram(Server):
    """The kernel's own, as a block device without any server. Takes root and the module."""

    @staticmethod
    def is_there():
        return os.geteuid() == 0 and (ZRAM_CONTROL / "hot_add").exists()

    def start(self):
        self.number = int((ZRAM_CONTROL / "hot_add").read_text())
        self.sys = pathlib.Path(f"/sys/block/zram{self.number}")
        (self.sys / "comp_algorithm").write_text("lz4")
        (self.sys / "disksize").write_text(f"{self.size_mib}M")
        self.uri = None
        self.device = f"/dev/zram{self.number}"
        wait_until(lambda: os.path.exists(self.device), self.device)

    def cpu_seconds(self):
        return 0

    def memory(self):
        return {"data": int((self.sys / "mm_stat").read_text().split()[2]) / MEBI, "private": 0}

    def stop(self):
        (self.sys / "reset").write_text("1")
        (ZRAM_CONTROL / "hot_remove").write_text(str(self.number))


SYSTEMS = {
    "cramdisk": lambda d, s: Cramdisk(d, s, "--codec", "lz4"),
    "nbdkit sparse": lambda d, s: Nbdkit(d, s, "memory"),
    "nbdkit malloc": lambda d, s: Nbdkit(d, s, "memory", "allocator=malloc"),
    "nbdkit zstd": lambda d, s: Nbdkit(d, s, "memory", "allocator=zstd"),
    "nbdkit null": lambda d, s: Nbdkit(d, s, "null"),
    "qemu-nbd": lambda d, s: QemuNbd(d, s),
    "zram lz4": lambda d, s: Zram(d, s),
}
