// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a zram device is for. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "use")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ZramFilesystem.class, name = "filesystem"),
    @JsonSubTypes.Type(value = ZramSwap.class, name = "swap")
})
public sealed interface ZramUse permits ZramFilesystem, ZramSwap {}
