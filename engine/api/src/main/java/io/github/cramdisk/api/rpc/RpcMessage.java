// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

/** One line on the wire. */
public sealed interface RpcMessage permits RpcRequest, RpcResponse {}
