# SPDX-License-Identifier: Apache-2.0
"""The comparison as Markdown, with every target, and as a chart."""

import statistics

CRAMDISK, SPARSE, MALLOC, ZSTD, ZRAM = "cramdisk", "nbdkit sparse", "nbdkit malloc", "nbdkit zstd", "zram lz4"
AT_LEAST, AT_MOST = "≥", "≤"

# Measure of Cramdisk, of the peer it is held against (None: the figure itself), bound, figure.
TARGETS = [
    ("write, fresh", (ZSTD, "write, fresh"), AT_LEAST, 4),
    ("write, fresh", (MALLOC, "write, fresh"), AT_LEAST, 0.6),
    ("write, warm", (MALLOC, "write, warm"), AT_LEAST, 0.25),
    ("read", (ZSTD, "read"), AT_LEAST, 4),
    ("read", (SPARSE, "read"), AT_LEAST, 0.65),
    ("random read, QD16", (SPARSE, "random read, QD16"), AT_LEAST, 1.2),
    ("random read, QD16", (ZSTD, "random read, QD16"), AT_LEAST, 8),
    ("random write, QD16", (SPARSE, "random write, QD16"), AT_LEAST, 0.85),
    ("random write, QD16", (ZSTD, "random write, QD16"), AT_LEAST, 30),
    ("random read, QD1, p50", (SPARSE, "random read, QD1, p50"), AT_MOST, 0.5),
    ("random write, QD1, p50", (SPARSE, "random write, QD1, p50"), AT_MOST, 0.5),
    ("random read, QD1, p99.9", (SPARSE, "random read, QD1, p99.9"), AT_MOST, 1.5),
    ("random write, QD1, p99.9", (SPARSE, "random write, QD1, p99.9"), AT_MOST, 1.5),
    ("heap for a request, server", None, AT_MOST, 1),
    ("heap for a request, store, reading", None, AT_MOST, 1),
    ("heap for a request, store, writing", None, AT_MOST, 1),
    ("reopening after kill -9", None, AT_MOST, 1),
    ("silence, killed, longest", None, AT_MOST, 1.5),
    ("silence, exchanged, longest", None, AT_MOST, 2),
    ("ns a byte, 12 GiB of data", (CRAMDISK, "ns a byte, 1 GiB of data"), AT_MOST, 1.1),
    ("ns a byte, disk of 16384 GiB", (CRAMDISK, "ns a byte, disk of 1 GiB"), AT_MOST, 1.1),
    ("data after load", (ZRAM, "data after load"), AT_MOST, 1.02),
    ("data after 60 s", (ZSTD, "data after load"), AT_MOST, 0.94),
    ("private after load", None, AT_MOST, 64),
    ("private after 60 s", None, AT_MOST, 64),
    ("memory after 60 s", (ZSTD, "data after load"), AT_MOST, 1.05),
    ("data squeezed", (ZSTD, "data after load"), AT_MOST, 0.94),
    ("memory squeezed", (ZSTD, "data after load"), AT_MOST, 1.05),
    ("memory squeezed, fourfold", (ZSTD, "data after load, fourfold"), AT_MOST, 0.98),
    ("engine without a disk", None, AT_MOST, 80),
    ("squeezed read, first touch", (ZSTD, "squeezed read, first touch"), AT_LEAST, 0.8),
    ("squeezed read, promoted", (ZSTD, "squeezed read, promoted"), AT_LEAST, 8),
]

CHART = ["write, fresh", "read", "random read, QD16", "random write, QD16", "memory after load", "data after 60 s"]


def unit_of(measure):
    if measure.startswith(("write", "read")):
        return "MiB/s"
    if measure.startswith(("data", "private", "memory", "engine without")):
        return "MiB"
    if ", p50" in measure or ", p99" in measure:
        return "µs"
    if measure.startswith(("reopening", "silence", "squeezed after")):
        return "s"
    if measure.startswith("heap"):
        return "B"
    if measure == "engine start":
        return "ms"
    return "ns" if measure.startswith("ns") else "requests/s"


def text_of(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def cell(values):
    middle = text_of(statistics.median(values))
    return middle if len(values) == 1 else f"{middle} ({text_of(min(values))} to {text_of(max(values))})"


def markdown(results, machine, chart_name):
    """results: {system: {measure: [values of the rounds]}}"""
    lines = ["# Cramdisk beside its peers", "", *machine, "", f"![{', '.join(CHART)}]({chart_name})", "",
             "## Targets", "", "| Cramdisk | beside | ratio or figure | target | |", "|---|---|---:|---|---|"]
    lines += [line for target in TARGETS if (line := target_line(results, *target))]
    lines += ["", "## Figures", "", "Medians of all rounds, and the least and the greatest.", "",
              "| | " + " | ".join(results) + " |", "|---|" + "---:|" * len(results)]
    for measure in dict.fromkeys(m for values in results.values() for m in values):
        cells = [cell(values[measure]) if measure in values else "" for values in results.values()]
        lines.append(f"| {measure}, {unit_of(measure)} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def target_line(results, measure, peer, bound, target):
    own = results.get(CRAMDISK, {}).get(measure)
    other = results.get(peer[0], {}).get(peer[1]) if peer else [1]
    if not own or not other:
        return None
    figure = statistics.median(own) / statistics.median(other)
    met = figure >= target if bound == AT_LEAST else figure <= target
    beside = (f"{peer[0]}" if peer[1] == measure else f"{peer[0]}, {peer[1]}") if peer else ""
    unit = " ×" if peer else " " + unit_of(measure)
    return f"| {measure} | {beside} | {figure:.3f}{unit} | {bound} {target}{unit} | {'met' if met else '**missed**'} |"


def svg(results):
    """A panel of bars for each measure of CHART, a bar for each system, Cramdisk's in another colour."""
    row, panel_gap, left, width = 18, 34, 120, 620
    parts, y = [], 10
    for measure in CHART:
        bars = {name: statistics.median(v[measure]) for name, v in results.items() if measure in v}
        if not bars:
            continue
        longest = max(bars.values())
        parts.append(f'<text x="0" y="{y + 12}" font-weight="bold">{measure}, {unit_of(measure)}</text>')
        y += 20
        for name, value in bars.items():
            length = (width - left - 80) * value / longest
            colour = "#3584e4" if name == CRAMDISK else "#9a9996"
            parts.append(f'<text x="{left - 8}" y="{y + 12}" text-anchor="end">{name}</text>'
                         f'<rect x="{left}" y="{y + 2}" width="{length:.1f}" height="{row - 5}" fill="{colour}"/>'
                         f'<text x="{left + length + 6:.1f}" y="{y + 12}">{text_of(value)}</text>')
            y += row
        y += panel_gap - 20
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{y}" font-family="sans-serif" font-size="12">'
            f'<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(parts) + "\n</svg>\n")
