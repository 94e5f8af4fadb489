// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import io.github.cramdisk.kernel.Root;

/** What the logs of the machine say about a test that failed. */
final class GuestLogs {
    private static final String ENGINE_LOG = "/home/cdtest/.local/state/cramdisk/engine.log";
    private static final String LINES = "80";

    private GuestLogs() {}

    static String since(TestRequest request) {
        String kernel = Root.run("dmesg").out();
        int begin = kernel.indexOf("tests: " + request + " begins");
        return "--- kernel\n" + kernel.substring(Math.max(0, begin))
                + "--- helper, and others of the system\n"
                + Root.run(
                                "journalctl",
                                "-b",
                                "--no-pager",
                                "-n",
                                LINES,
                                "_TRANSPORT=stdout",
                                "+",
                                "_TRANSPORT=journal")
                        .out()
                + "--- engine\n" + Root.run("tail", "-n", LINES, ENGINE_LOG).out()
                + "--- mounts\n"
                + Root.run(
                                "sh",
                                "-c",
                                "grep -E 'tmpfs|nbd|zram' /proc/self/mountinfo; cat /proc/swaps; free -m; ps -eo pid,user,stat,wchan:20,args | grep -v '\\]$' | cut -c-160")
                        .out();
    }
}
