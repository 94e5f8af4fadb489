#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The bill of materials of what is shipped, and the licences of what others made.

usage: bill.py BOM TREE OUT    BOM: CycloneDX, as Maven makes it of all that a build needs
Writes OUT/bom.json and OUT/third-party-licences.txt: the jars that lie in TREE, and the Java runtime.
"""
import json
import pathlib
import sys

OURS = "io.github.cramdisk"
RUNTIME = "lib/cramdisk/image/runtime"


def file_name(component):
    """Without the classifier, which other files of the same library add."""
    return f"{component['name']}-{component['version']}"


def runtime_component(tree):
    release = dict(line.split("=", 1) for line in (tree / RUNTIME / "release").read_text().splitlines())
    version = release["JAVA_VERSION"].strip('"')
    licence = {"expression": "GPL-2.0-only WITH Classpath-exception-2.0"}
    return {"type": "platform", "bom-ref": f"openjdk@{version}", "name": "openjdk", "version": version, "licenses": [licence]}


def licence_text(component):
    names = []
    for entry in component.get("licenses", []):
        licence = entry.get("license", {})
        names.append(entry.get("expression") or licence.get("id") or licence["name"])
    if not names:
        raise SystemExit(f"bill: {component['name']} names no licence")
    return " or ".join(names)


def main(bom_file, tree, out):
    bom = json.loads(bom_file.read_text())
    jars = {jar.name for jar in tree.rglob("*.jar")}
    shipped = [
        component
        for component in bom["components"]
        if any(jar.startswith(file_name(component)) for jar in jars) or component["name"] == "cramdisk-helper"
    ]
    shipped.append(runtime_component(tree))
    names = {component["bom-ref"] for component in shipped}
    bom["components"] = shipped
    bom["dependencies"] = [
        {**each, "dependsOn": [name for name in each.get("dependsOn", []) if name in names]}
        for each in bom["dependencies"]
        if each["ref"] in names
    ]
    (out / "bom.json").write_text(json.dumps(bom, indent=1, ensure_ascii=False) + "\n")

    lines = {
        f"{component['name']} {component['version']}: {licence_text(component)}"
        for component in shipped
        if component.get("group") != OURS
    }
    head = "Cramdisk brings these, each under its own licence. The texts are in the jars and in the runtime's folder legal.\n\n"
    (out / "third-party-licences.txt").write_text(head + "\n".join(sorted(lines)) + "\n")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
