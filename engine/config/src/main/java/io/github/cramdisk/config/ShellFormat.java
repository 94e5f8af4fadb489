// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A script for sh(1), with an {@code up_N} and a {@code down_N} for each volume. A failure on the way up takes down what
 * was made; {@code down} takes all of it. Without state.
 */
final class ShellFormat {
    static final String FILE = "cramdisk-volumes.sh";

    private static final String HEAD = """
            #!/bin/sh
            # Written by Cramdisk. As root:
            #   sh cramdisk-volumes.sh         make the volumes; when one fails, those made before are taken away again
            #   sh cramdisk-volumes.sh down    take them away; what is in them is lost
            set -eu

            # Which device and which directories were made; "down" needs to know.
            state=${CRAMDISK_STATE:-/run/cramdisk-volumes}

            # make_directory N DIRECTORY
            make_directory() {
                if [ ! -d "$2" ]; then
                    mkdir -p -- "$2"
                    : >"$state/$1.directory"
                fi
            }

            # remove_directory N DIRECTORY
            remove_directory() {
                if [ -e "$state/$1.directory" ]; then
                    rmdir -- "$2" || :
                    rm -f -- "$state/$1.directory"
                fi
            }

            # unmount N DIRECTORY
            unmount() {
                if [ -e "$state/$1.mounted" ]; then
                    umount -- "$2"
                    rm -f -- "$state/$1.mounted"
                fi
            }
            """;

    private static final String ZRAM = """

            # new_zram N: sets device
            new_zram() {
                [ -e /sys/class/zram-control/hot_add ] || modprobe zram num_devices=0
                number=$(cat /sys/class/zram-control/hot_add)
                echo "$number" >"$state/$1.zram"
                device=/dev/zram$number
            }

            # set_zram ATTRIBUTE VALUE
            set_zram() {
                printf '%s' "$2" >"/sys/block/zram$number/$1"
            }

            # remove_zram N
            remove_zram() {
                if [ -e "$state/$1.zram" ]; then
                    number=$(cat "$state/$1.zram")
                    echo 1 >"/sys/block/zram$number/reset"
                    echo "$number" >/sys/class/zram-control/hot_remove
                    rm -f -- "$state/$1.zram"
                fi
            }
            """;

    private static final String TAIL = """

            down() {
                i=%d
                while [ "$i" -ge 1 ]; do
                    "down_$i"
                    i=$((i - 1))
                done
                rmdir -- "$state" 2>/dev/null || :
            }

            finish() {
                trap - EXIT
                if [ "$1" -ne 0 ]; then
                    echo "Failed; taking away what was made." >&2
                    down
                fi
                exit "$1"
            }

            case ${1:-up} in
            up)
                if [ -e "$state" ]; then
                    echo "They are there already. Take them down first: sh $0 down" >&2
                    exit 1
                fi
                mkdir -- "$state"
                trap 'finish "$?"' EXIT
                i=1
                while [ "$i" -le %d ]; do
                    "up_$i"
                    i=$((i + 1))
                done
                ;;
            down) down ;;
            *)
                echo "usage: sh $0 [up|down]" >&2
                exit 2
                ;;
            esac
            """;

    private final StringBuilder text = new StringBuilder();
    private final Notes notes;
    private int count;

    private ShellFormat(Notes notes) {
        this.notes = notes;
    }

    static List<ConfigFile> render(List<ConfigVolume> volumes, RenderContext context, Notes notes) {
        ShellFormat format = new ShellFormat(notes);
        for (ConfigVolume volume : volumes) {
            if (volume instanceof ConfigVolume.Tmpfs tmpfs) {
                Optional<List<String>> options = MountText.tmpfs(tmpfs, notes);
                options.ifPresent(words ->
                        format.mount(volume, "tmpfs", words, tmpfs.spec().createTarget(), List.of()));
            } else if (volume instanceof ConfigVolume.Ramfs ramfs) {
                List<String> words = MountText.flags(ramfs.spec().flags());
                Optional.ofNullable(ramfs.spec().mode()).ifPresent(mode -> words.add("mode=" + mode));
                format.mount(volume, "ramfs", words, ramfs.spec().createTarget(), List.of());
            } else if (volume instanceof ConfigVolume.Zram zram) {
                format.zram(zram);
            } else if (volume instanceof ConfigVolume.Disk disk) {
                format.disk(disk, context);
            }
        }
        if (format.count == 0) {
            return List.of();
        }
        boolean zram = volumes.stream().anyMatch(ConfigVolume.Zram.class::isInstance);
        String all = HEAD + (zram ? ZRAM : "") + format.text + TAIL.formatted(format.count, format.count);
        return List.of(new ConfigFile(FILE, all, false));
    }

    private void mount(ConfigVolume volume, String type, List<String> words, boolean create, List<String> afterwards) {
        String target = ShellText.word(String.valueOf(volume.target()));
        List<String> up = new ArrayList<>();
        int number = count + 1;
        if (create) {
            up.add("make_directory " + number + " " + target);
        }
        up.add("mount -t " + type + option(words) + " -- " + type + " " + target);
        up.add(": >\"$state/" + number + ".mounted\"");
        up.addAll(afterwards);
        List<String> down = new ArrayList<>();
        down.add("unmount " + number + " " + target);
        if (create) {
            down.add("remove_directory " + number + " " + target);
        }
        functions(volume, up, down);
    }

    private static String option(List<String> words) {
        return words.isEmpty() ? "" : " -o " + ShellText.word(String.join(",", words));
    }

    private void zram(ConfigVolume.Zram volume) {
        int number = count + 1;
        List<String> up = new ArrayList<>();
        up.add("new_zram " + number);
        ZramAttributes.of(volume.spec())
                .forEach(attribute ->
                        up.add("set_zram " + attribute.getKey() + " " + ShellText.word(attribute.getValue())));
        ZramAttributes.noteSchedule(volume, notes);
        List<String> down = new ArrayList<>();
        if (volume.spec().use() instanceof DeviceFilesystem filesystem) {
            filesystem(up, down, number, filesystem);
        } else if (volume.spec().use() instanceof DeviceSwap swap) {
            up.add("mkswap" + words(MkfsText.swap(swap)) + " \"$device\" >/dev/null");
            List<String> options = MountText.swap(swap);
            options.removeIf(word -> word.startsWith("pri="));
            up.add("swapon"
                    + (swap.priority() == null ? "" : " --priority " + swap.priority())
                    + options.stream().map(word -> " --" + word).findFirst().orElse("")
                    + " \"$device\"");
            up.add(": >\"$state/" + number + ".mounted\"");
            down.add("if [ -e \"$state/" + number + ".mounted\" ]; then");
            down.add("    swapoff \"/dev/zram$(cat \"$state/" + number + ".zram\")\"");
            down.add("    rm -f -- \"$state/" + number + ".mounted\"");
            down.add("fi");
        }
        down.add("remove_zram " + number);
        functions(volume, up, down);
    }

    private static void filesystem(List<String> up, List<String> down, int number, DeviceFilesystem filesystem) {
        String target = ShellText.word(filesystem.target());
        up.add("mkfs." + filesystem.type().text() + words(MkfsText.filesystem(filesystem)) + " \"$device\"");
        if (filesystem.createTarget()) {
            up.add("make_directory " + number + " " + target);
        }
        up.add("mount -t " + filesystem.type().text() + option(MountText.zram(filesystem)) + " -- \"$device\" "
                + target);
        up.add(": >\"$state/" + number + ".mounted\"");
        if (filesystem.uid() != null || filesystem.gid() != null) {
            up.add("chown "
                    + (filesystem.uid() == null ? "" : filesystem.uid())
                    + (filesystem.gid() == null ? "" : ":" + filesystem.gid())
                    + " -- " + target);
        }
        if (filesystem.mode() != null) {
            up.add("chmod " + filesystem.mode() + " -- " + target);
        }
        down.add("unmount " + number + " " + target);
        if (filesystem.createTarget()) {
            down.add("remove_directory " + number + " " + target);
        }
    }

    private static String words(List<String> words) {
        StringBuilder text = new StringBuilder();
        words.forEach(word -> text.append(' ').append(ShellText.word(word)));
        return text.toString();
    }

    private void disk(ConfigVolume.Disk disk, RenderContext context) {
        String name = disk.spec().name();
        List<String> up = new ArrayList<>(List.of(command(DiskCommands.create(disk.spec(), context))));
        List<String> down = new ArrayList<>();
        if (disk.use() != null) {
            up.add(command(DiskCommands.attach(disk, context)));
            down.add("! cramdisk disk show " + name + " >/dev/null 2>&1 || cramdisk disk detach " + name);
        }
        down.add("! cramdisk disk show " + name + " >/dev/null 2>&1 || cramdisk disk remove " + name + " --force");
        functions(disk, up, down);
        notes.hint(disk, "A disk belongs to the engine of the user who runs the script.");
    }

    /** As the person who runs the script would type it. */
    private static String command(List<String> words) {
        List<String> typed = new ArrayList<>(words);
        typed.set(0, "cramdisk");
        return String.join(" ", typed.stream().map(ShellText::word).toList());
    }

    private void functions(ConfigVolume volume, List<String> up, List<String> down) {
        count++;
        text.append("\n# ").append(CommentText.of(volume.title())).append('\n');
        function("up_" + count, up);
        function("down_" + count, down);
    }

    private void function(String name, List<String> lines) {
        text.append(name).append("() {\n");
        lines.forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("}\n");
    }
}
