// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.serve;

import io.github.cramdisk.helper.gate.Client;
import java.util.Map;

/**
 * A call of a verb.
 *
 * @param mayAsk whether the caller allows that a person is asked, by the flag of D-Bus for that
 * @param body the dictionary of the call, unchecked
 */
public record Request(Client client, boolean mayAsk, Map<?, ?> body) {}
