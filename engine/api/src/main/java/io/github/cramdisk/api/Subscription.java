// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

/** A running delivery of {@link Snapshot}s; closing it ends the delivery. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
