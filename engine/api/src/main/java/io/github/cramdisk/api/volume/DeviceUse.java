// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a device in memory is for. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "use")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DeviceFilesystem.class, name = "filesystem"),
    @JsonSubTypes.Type(value = DeviceSwap.class, name = "swap")
})
public sealed interface DeviceUse permits DeviceFilesystem, DeviceSwap {}
