// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.host.verb.Caller;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptsTest {
    private final Prompts prompts = new Prompts();

    @Test
    void aUserHasOneQuestionHoweverManyConnections() {
        String first = prompts.open(client(":1.1", 1000));
        assertPending(client(":1.2", 1000));
        assertThat(prompts.of(":1.1")).contains(first);
        assertThat(prompts.of(":1.2")).isEmpty();
        prompts.close(first);
        assertThat(prompts.of(":1.1")).isEmpty();
        assertThat(prompts.open(client(":1.2", 1000))).isNotEqualTo(first);
    }

    @Test
    void fewUsersAreAskedAtOnce() {
        for (int i = 0; i < Prompts.MOST; i++) {
            prompts.open(client(":1." + i, 1000 + i));
        }
        assertPending(client(":1.99", 5000));
    }

    @Test
    void aQuestionShowsNothingThatMisleads() {
        Question question = new Question(
                Action.MOUNT, Map.of("place", "/a\n\u202eb\u0000" + "c".repeat(5000)), "mount at /a\u2028b");
        assertThat(question.details().get("place"))
                .startsWith("/a\ufffd\ufffdb\ufffdcc")
                .hasSizeLessThan(300);
        assertThat(question.sentence()).isEqualTo("mount at /a\ufffdb");
    }

    private void assertPending(Client client) {
        assertThatThrownBy(() -> prompts.open(client))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.AUTHORISATION_PENDING));
    }

    private static Client client(String name, long uid) {
        return new Client(name, new Caller(uid, uid));
    }
}
