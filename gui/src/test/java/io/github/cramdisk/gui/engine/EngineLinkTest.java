// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EngineLinkTest {
    @Test
    void runsOnceTheFirstSnapshotIsThere() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        EngineLink link = new EngineLink(() -> engine, Tasks.direct());
        assertThat(link.state()).isInstanceOf(EngineState.Connecting.class);
        link.connect();
        assertThat(link.state()).isInstanceOf(EngineState.Running.class);
        assertThat(link.snapshot()).isNotNull();
    }

    @Test
    void saysWhyThereIsNoEngineAndTriesAgainOnRequest() {
        AtomicReference<@Nullable Engine> reachable = new AtomicReference<>();
        EngineLink link = new EngineLink(
                () -> {
                    Engine engine = reachable.get();
                    if (engine == null) {
                        throw new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, "not there");
                    }
                    return engine;
                },
                Tasks.direct());
        link.connect();
        assertThat(link.state())
                .isInstanceOfSatisfying(
                        EngineState.Unavailable.class,
                        state -> assertThat(state.error().kind()).isEqualTo(ErrorKind.ENGINE_UNAVAILABLE));
        reachable.set(new FakeEngine());
        link.connect();
        assertThat(link.state()).isInstanceOf(EngineState.Running.class);
    }

    @Test
    void reconnectsByItselfAndKeepsTheLastPictureMeanwhile() {
        FakeEngine first = FakeEngine.withThreeDisks();
        FakeEngine second = FakeEngine.withThreeDisks();
        List<FakeEngine> engines = new ArrayList<>(List.of(first, second));
        List<EngineState> states = new ArrayList<>();
        try (TestThreads threads = new TestThreads();
                EngineLink link = new EngineLink(() -> engines.remove(0), threads.tasks())) {
            threads.run(() -> {
                link.stateProperty().addListener((property, before, now) -> states.add(now));
                link.connect();
            });
            await().until(() -> threads.get(link::state) instanceof EngineState.Running);
            first.die();
            await().atMost(Duration.ofSeconds(5)).until(() -> second.subscribers() == 1);
            await().until(() -> threads.get(link::state) instanceof EngineState.Running);
            assertThat(threads.get(() -> List.copyOf(states)))
                    .hasExactlyElementsOfTypes(
                            EngineState.Running.class, EngineState.Reconnecting.class, EngineState.Running.class);
            assertThat(first.subscribers()).isZero();
        }
    }

    @Test
    void answersAreErrorsWhileThereIsNoEngine() {
        EngineLink link = new EngineLink(FakeEngine::new, Tasks.direct());
        List<ErrorKind> kinds = new ArrayList<>();
        link.call(Engine::listDisks).onFailure(error -> kinds.add(error.kind()));
        assertThat(kinds).containsExactly(ErrorKind.ENGINE_UNAVAILABLE);
    }
}
