// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON mapper. Unknown properties are ignored, so that versions can meet; everything else is strict: no text
 * where a number belongs, no fractions in whole numbers, nothing after the value, no class names in the data.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .build();

    private Json() {}

    /** Thread-safe; not to be reconfigured. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Any record of the API as a tree. */
    public static JsonNode tree(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Any record of the API, or a tree, on one line without a line end. */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new CramdiskException(ErrorKind.INTERNAL, e, "a value cannot be written as JSON");
        }
    }

    /**
     * Reads what the engine answered.
     *
     * @throws CramdiskException {@link ErrorKind#PROTOCOL} when it is not a {@code type}
     */
    static <T> T fromAnswer(JsonNode answer, Class<T> type) {
        try {
            T value = MAPPER.treeToValue(answer, type);
            if (value == null) {
                throw new CramdiskException(ErrorKind.PROTOCOL, "an answer is empty");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new CramdiskException(ErrorKind.PROTOCOL, e, "an answer is not a " + type.getSimpleName());
        }
    }

    /**
     * Reads the parameters of a request.
     *
     * @throws CramdiskException the kind that a record's own check found, such as {@link ErrorKind#INVALID_DISK_SIZE}
     * @throws RpcFault {@link RpcError#INVALID_PARAMS} for anything else that is wrong with them
     */
    public static <T> T fromParams(JsonNode params, Class<T> type) throws RpcFault {
        try {
            T value = params.isObject() ? MAPPER.treeToValue(params, type) : null;
            if (value == null) {
                throw new RpcFault(RpcError.INVALID_PARAMS, "parameters must be an object", null);
            }
            return value;
        } catch (JsonProcessingException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof CramdiskException refused) {
                    throw refused;
                }
            }
            throw new RpcFault(RpcError.INVALID_PARAMS, "bad parameters: " + e.getOriginalMessage(), e);
        }
    }
}
