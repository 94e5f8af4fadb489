// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import java.io.Serializable;

/** One test method that the machine is asked to run. */
record TestRequest(String className, String methodName) implements Serializable {
    @Override
    public String toString() {
        return className.substring(className.lastIndexOf('.') + 1) + "." + methodName;
    }
}
