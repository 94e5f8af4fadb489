// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.TmpfsSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A pod with an emptyDir in memory for each tmpfs. Its size counts in the memory of the pod. Without state. */
final class KubernetesFormat {
    static final String FILE = "pod.yaml";
    /** Length of a DNS label: RFC 1123. */
    private static final int MOST_NAME = 63;

    private KubernetesFormat() {}

    static List<ConfigFile> render(List<ConfigVolume> volumes, RenderContext context, Notes notes) {
        StringBuilder mounts = new StringBuilder();
        StringBuilder dirs = new StringBuilder();
        Set<String> names = new HashSet<>();
        for (ConfigVolume volume : volumes) {
            ContainerTmpfs.noteOther(volume, notes);
            if (!(volume instanceof ConfigVolume.Tmpfs tmpfs)) {
                continue;
            }
            if (tmpfs.target().indexOf(':') >= 0) {
                notes.leftOut(volume, "Kubernetes refuses mount paths with a colon.", ConfigFormat.COMPOSE);
                continue;
            }
            String name = name(tmpfs.target(), names);
            mounts.append("        - name: ")
                    .append(name)
                    .append("\n          mountPath: ")
                    .append(YamlText.string(tmpfs.target()))
                    .append('\n');
            if (tmpfs.spec().flags().readOnly()) {
                mounts.append("          readOnly: true\n");
            }
            dirs.append("    - name: ").append(name).append("\n      emptyDir:\n        medium: Memory\n");
            long bytes = ContainerTmpfs.bytes(tmpfs, context, notes);
            if (bytes > 0) {
                dirs.append("        sizeLimit: ").append(quantity(bytes)).append('\n');
            }
            noteLost(tmpfs, notes);
        }
        if (dirs.isEmpty()) {
            return List.of();
        }
        notes.hint("What lies in the volumes counts in the memory limit of the pod.");
        String text = """
                # Written by Cramdisk. Put the names and the image in, or take volumeMounts and volumes over.
                apiVersion: v1
                kind: Pod
                metadata:
                  name: app
                spec:
                  containers:
                    - name: app
                      image: "IMAGE"
                      volumeMounts:
                """ + mounts + "  volumes:\n" + dirs;
        return List.of(new ConfigFile(FILE, text, false));
    }

    private static void noteLost(ConfigVolume.Tmpfs volume, Notes notes) {
        TmpfsSpec spec = volume.spec();
        List<String> lost = ContainerTmpfs.fewLost(spec);
        if (spec.inodes() != null) {
            lost.add("nr_inodes");
        }
        if (spec.mode() != null) {
            lost.add("mode");
        }
        if (spec.uid() != null || spec.gid() != null) {
            lost.add("owner (use fsGroup of the pod)");
        }
        if (spec.flags().noexec()) {
            lost.add("noexec");
        }
        ContainerTmpfs.note(volume, lost, notes);
    }

    private static String quantity(long bytes) {
        String[] units = {"", "Ki", "Mi", "Gi", "Ti", "Pi"};
        int unit = 0;
        long value = bytes;
        while (value % 1024 == 0 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return value + units[unit];
    }

    private static String name(String target, Set<String> taken) {
        String plain =
                target.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        // Digits alone would be read as a number.
        String word = plain.isEmpty() ? "memory" : plain.matches("[0-9-]+") ? "v" + plain : plain;
        String base = word.substring(0, Math.min(word.length(), MOST_NAME - 4)).replaceAll("-+$", "");
        String name = base;
        for (int i = 2; !taken.add(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }
}
