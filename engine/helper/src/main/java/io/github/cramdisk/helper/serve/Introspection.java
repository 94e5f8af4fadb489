// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.serve;

import io.github.cramdisk.helper.wire.HelperNames;
import java.util.Collection;
import java.util.TreeSet;

/** What the helper tells {@code busctl introspect} and the like about itself. */
final class Introspection {
    private static final String DOCTYPE =
            "<!DOCTYPE node PUBLIC \"-//freedesktop//DTD D-BUS Object Introspection 1.0//EN\""
                    + " \"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd\">\n";

    private Introspection() {}

    static String of(String path, Collection<String> methods) {
        StringBuilder xml = new StringBuilder(DOCTYPE).append("<node>\n");
        if (HelperNames.PATH.equals(path)) {
            xml.append("  <interface name=\"").append(HelperNames.INTERFACE).append("\">\n");
            for (String method : new TreeSet<>(methods)) {
                xml.append("    <method name=\"")
                        .append(method)
                        .append("\">\n      <arg name=\"request\" type=\"a{sv}\" direction=\"in\"/>\n")
                        .append("      <arg name=\"result\" type=\"a{sv}\" direction=\"out\"/>\n    </method>\n");
            }
            xml.append("  </interface>\n");
        } else {
            String prefix = path.endsWith("/") ? path : path + "/";
            if (HelperNames.PATH.startsWith(prefix)) {
                String rest = HelperNames.PATH.substring(prefix.length());
                int slash = rest.indexOf('/');
                xml.append("  <node name=\"")
                        .append(slash < 0 ? rest : rest.substring(0, slash))
                        .append("\"/>\n");
            }
        }
        return xml.append("</node>\n").toString();
    }
}
