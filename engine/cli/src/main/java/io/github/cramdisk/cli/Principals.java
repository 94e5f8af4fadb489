// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.volume.PrincipalId;
import picocli.CommandLine.ITypeConverter;

/** Users and groups as values of options. */
final class Principals {
    private Principals() {}

    /** A user. */
    static final class User implements ITypeConverter<PrincipalId> {
        @Override
        public PrincipalId convert(String text) {
            return PrincipalId.user(text);
        }
    }

    /** A group. */
    static final class Group implements ITypeConverter<PrincipalId> {
        @Override
        public PrincipalId convert(String text) {
            return PrincipalId.group(text);
        }
    }
}
