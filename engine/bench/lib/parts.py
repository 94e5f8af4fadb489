# SPDX-License-Identifier: Apache-2.0
"""The parts of the comparison. Each measures every system once in a round and answers {system: {measure: value}}."""

import json
import os
import pathlib
import signal
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from systems import MEBI, ROOT, SYSTEMS, Cramdisk, SupervisedCramdisk, Zram, run

MIXES = {"read": "randread", "write": "randwrite", "70/30": "randrw"}
LOADS = {"QD1": (1, 1), "QD16": (16, 1), "4 x QD16": (16, 4)}
REST_SECONDS = 60
RESTARTS = 10
HEAP_OPTIONS = ["-prof", "gc", "-p", "blockBytes=4096", "-p", "codec=LZ4", "-p", "depth=1", "-wi", "3", "-i", "2", "-w", "1",
                "-r", "1", "-rf", "json"]
HEAP_NAMES = {"reads": "server", "read": "store, reading", "overwrite": "store, writing"}


class Part:
    """One round of one part: files to copy, how long to run, and who takes part."""

    def __init__(self, corpus, size_mib, seconds, scratch, systems, say):
        self.corpus, self.size_mib, self.seconds, self.say = corpus, size_mib, seconds, say
        self.scratch, self.systems = scratch, systems

    def each(self, measure, systems=None, size_mib=None):
        """Starts each system with a fresh disk, measures it and ends it, one after the other."""
        results = {}
        for name in self.systems:
            if systems is None or name in systems:
                self.say(name)
                results[name] = self.one(SYSTEMS[name], measure, size_mib or self.size_mib)
        return results

    def one(self, make, measure, size_mib):
        with tempfile.TemporaryDirectory(dir=self.scratch) as directory:
            server = make(directory, size_mib)
            server.start()
            try:
                return measure(server)
            finally:
                server.stop()

    # --- the parts ---------------------------------------------------------------------------------------------------

    def copy(self):
        def measure(server):
            values = {"write, fresh": self.write(server)}
            # nbdkit takes minutes to overwrite compressed pages.
            if getattr(server, "plugin", [])[1:] != ("allocator=zstd",):
                values["write, warm"] = self.write(server)
            values["read"] = self.read(server)
            return values
        return self.each(measure)

    def random(self):
        def measure(server):
            self.write(server)
            values = {}
            for mix, kind in MIXES.items():
                for load, (depth, jobs) in LOADS.items():
                    iops, latencies = self.fio(server, kind, depth, jobs)
                    values[f"random {mix}, {load}"] = iops
                    for share, micros in latencies.items():
                        values[f"random {mix}, {load}, {share}"] = micros
            return values
        return self.each(measure)

    def memory(self):
        """After loading, and after rest; again with the corpus fourfold."""
        names = ["cramdisk", "nbdkit zstd", "zram lz4"]
        results = self.each(lambda server: self.footprint(server, ""), names)
        fourfold = self.each(lambda server: self.footprint(server, ", fourfold"), names, 4 * self.size_mib)
        return {name: values | fourfold[name] for name, values in results.items()}

    def footprint(self, server, suffix):
        self.write(server)
        values = {f"{what} after load{suffix}": mib for what, mib in self.told_apart(server).items()}
        if isinstance(server, Cramdisk):
            began = time.monotonic()
            time.sleep(REST_SECONDS)
            values |= {f"{what} after {REST_SECONDS} s{suffix}": mib for what, mib in self.told_apart(server).items()}
            server.cramdisk("disk", "squeeze", "bench")
            values[f"squeezed after s{suffix}"] = time.monotonic() - began
            time.sleep(2)
            values |= {f"{what} squeezed{suffix}": mib for what, mib in self.told_apart(server).items()}
        return values

    @staticmethod
    def told_apart(server):
        memory = server.memory()
        return memory | {"memory": memory["data"] + memory["private"]}

    def squeezed(self):
        """Random reads of what was squeezed: each block for the first time, and when all were read twice."""
        def measure(server):
            self.write(server)
            if isinstance(server, Cramdisk):
                server.cramdisk("disk", "squeeze", "bench")
            values = {"squeezed read, first touch": self.fio(server, "randread", 16, 1, "--norandommap=0")[0]}
            for _ in range(3):
                self.fio(server, "randread", 16, 4, f"--size={min(self.size_mib, 64)}m", "--runtime=2")
            values["squeezed read, promoted"] = self.fio(
                server, "randread", 16, 1, f"--size={min(self.size_mib, 64)}m")[0]
            return values
        return self.each(measure, ["cramdisk", "nbdkit zstd"])

    def crash(self):
        """8 GiB of stored data (incompressible), kill -9, and how long until the disk is there again."""
        size = 8 * self.size_mib

        def measure(server):
            self.fill(server, size, 0)
            return {"reopening after kill -9": server.kill()}
        return {"cramdisk": self.one(SYSTEMS["cramdisk"], measure, size)}

    def restart(self):
        """How long a client has no server when the engine is killed, and when it is exchanged for the next one."""
        def measure(server):
            self.write(server)
            killed, exchanged = [], []
            for _ in range(RESTARTS):
                killed.append(server.silence(lambda: os.kill(server.pid(), signal.SIGKILL)))
                with ThreadPoolExecutor(1) as pool:
                    restarts = []
                    exchanged.append(server.silence(
                        lambda: restarts.append(pool.submit(server.cramdisk, "engine", "restart"))))
                    restarts[0].result()
            return {"silence, killed": statistics.median(killed), "silence, killed, longest": max(killed),
                    "silence, exchanged": statistics.median(exchanged), "silence, exchanged, longest": max(exchanged)}

        def supervised(directory, size_mib):
            return SupervisedCramdisk(directory, size_mib, "--codec", "lz4")
        return {"cramdisk": self.one(supervised, measure, self.size_mib)}

    def scale(self):
        """Processor time of the engine for a byte written: with more data, and on larger disks. Nothing is squeezed."""
        def cost(data_mib):
            def measure(server):
                before = server.cpu_seconds()
                self.fill(server, data_mib, 50)
                return (server.cpu_seconds() - before) * 1e9 / (data_mib * MEBI)
            return measure

        def disk(directory, size_mib):
            return Cramdisk(directory, size_mib, "--codec", "lz4", "--squeeze", "off")
        values = {}
        for data in (1, 4, 12):
            values[f"ns a byte, {data} GiB of data"] = self.one(disk, cost(data * self.size_mib), data * self.size_mib)
        for size in (1, 1024, 16384):
            values[f"ns a byte, disk of {size} GiB"] = self.one(disk, cost(self.size_mib), size * self.size_mib)
        return {"cramdisk": values}

    def engine(self):
        """The start of the engine, what it costs without a disk, and the heap that a request takes."""
        values = {}
        with tempfile.TemporaryDirectory(dir=self.scratch) as directory:
            server = Cramdisk(directory, 64)
            began = time.monotonic()
            server.start(create=False)
            values["engine start"] = (time.monotonic() - began) * 1000
            time.sleep(3)
            values["engine without a disk"] = server.rss("Anon", "File", "Shmem") / MEBI
            server.stop()

        report = pathlib.Path(self.scratch) / "jmh.json"
        run(ROOT / "engine/bench/micro", "RequestBenchmark|StoreBenchmark", *HEAP_OPTIONS, "-rff", report,
            stdout=subprocess.DEVNULL)
        for benchmark in json.loads(report.read_text()):
            name = benchmark["benchmark"].rsplit(".", 1)[1]
            values[f"heap for a request, {HEAP_NAMES[name]}"] = (
                benchmark["secondaryMetrics"]["gc.alloc.rate.norm"]["score"])
        return {"cramdisk": values}

    # --- what they are made of ---------------------------------------------------------------------------------------

    def write(self, server):
        """Copies as much of the corpus to the disk as it holds; MiB a second."""
        corpus = self.corpus(server.size_mib)
        began = time.monotonic()
        if isinstance(server, Zram):
            self.both_halves(server, lambda at, n: ["dd", f"if={corpus}", f"of={server.device}", "bs=256k", "oflag=direct",
                                                    f"skip={at}", f"seek={at}", f"count={n}"])
        else:
            run("nbdcopy", "--connections=4", "--flush", corpus, server.uri)
        return server.size_mib / (time.monotonic() - began)

    def read(self, server):
        began = time.monotonic()
        if isinstance(server, Zram):
            self.both_halves(server, lambda at, n: ["dd", f"if={server.device}", "of=/dev/null", "bs=256k", "iflag=direct",
                                                    f"skip={at}", f"count={n}"])
        else:
            run("nbdcopy", "--connections=4", server.uri, "null:")
        return server.size_mib / (time.monotonic() - began)

    @staticmethod
    def both_halves(server, command):
        """Two at once, as nbdcopy copies with a thread for each processor."""
        half = server.size_mib * 2
        running = [subprocess.Popen(command(at, half) + ["status=none"]) for at in (0, half)]
        if any([process.wait() for process in running]):
            raise OSError("dd failed")

    def fill(self, server, mib, compressible_percent):
        run("fio", "--thread", "--name=fill", "--ioengine=nbd", f"--uri={server.uri}", "--rw=write", "--bs=256k",
            "--iodepth=8", f"--size={mib}m", f"--buffer_compress_percentage={compressible_percent}",
            "--buffer_compress_chunk=4k", "--refill_buffers=1", "--output-format=json", stdout=subprocess.DEVNULL,
            cwd=self.scratch)

    def fio(self, server, kind, depth, jobs, *options):
        """4 KiB requests a second, over data that compresses by about half, and their latencies in microseconds."""
        target = (["--ioengine=libaio", "--direct=1", f"--filename={server.device}"] if isinstance(server, Zram)
                  else ["--ioengine=nbd", f"--uri={server.uri}"])
        # Threads, because fio's processes leave their session, and the priority that goes with it.
        text = run("fio", "--thread", "--name=bench", *target, f"--rw={kind}", "--rwmixread=70", "--bs=4k",
                   f"--iodepth={depth}", f"--numjobs={jobs}", "--group_reporting", f"--size={self.size_mib}m", "--time_based",
                   f"--runtime={self.seconds}", "--ramp_time=1", "--norandommap", "--randrepeat=1",
                   "--buffer_compress_percentage=50", "--buffer_compress_chunk=4k", "--refill_buffers=0",
                   "--output-format=json", *options, stdout=subprocess.PIPE, cwd=self.scratch).stdout.decode()
        job = json.loads(text[text.index("{"):])["jobs"][0]
        iops = job["read"]["iops"] + job["write"]["iops"]
        side = job["write" if kind == "randwrite" else "read"]["clat_ns"].get("percentile", {})
        names = {"p50": "50.000000", "p99": "99.000000", "p99.9": "99.900000"}
        return iops, {name: side[key] / 1000 for name, key in names.items() if key in side}


PARTS = ["copy", "random", "memory", "squeezed", "crash", "restart", "scale", "engine"]
