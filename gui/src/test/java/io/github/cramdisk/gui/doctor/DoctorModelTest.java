// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class DoctorModelTest {
    private static final Finding FINDING = new Finding(
            "zswap-beside-zram", Finding.Severity.WARNING, "It is so.", "It matters.", "Do this.", "do it", List.of());

    private final FakeEngine engine = new FakeEngine();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());
    private final DoctorModel model = new DoctorModel(link);

    @Test
    void looksWhenItIsOpenedAndWhenAsked() {
        link.connect();
        assertThat(model.findingsProperty().get()).as("nobody looked yet").isNull();
        model.setShown(true);
        assertThat(model.findingsProperty().get()).isEqualTo(List.of());
        engine.volumes().find(FINDING);
        model.check();
        assertThat(model.findingsProperty().get()).containsExactly(FINDING);
    }

    @Test
    void saysWhyThereIsNoAnswerAndKeepsTheLastOne() {
        link.connect();
        engine.volumes().find(FINDING);
        model.setShown(true);
        engine.volumes().setUnreadable(new CramdiskException(ErrorKind.INTERNAL, "no luck"));
        model.check();
        assertThat(Objects.requireNonNull(model.refusalProperty().get()).sentence())
                .contains("no luck");
        assertThat(model.findingsProperty().get()).containsExactly(FINDING);
        assertThat(model.busyProperty().get()).isFalse();
        engine.volumes().setUnreadable(null);
        model.check();
        assertThat(model.refusalProperty().get()).isNull();
    }

    @Test
    void looksByItselfWhenTheEngineIsThere() {
        model.setShown(true);
        assertThat(model.refusalProperty().get()).isNotNull();
        link.connect();
        engine.tick();
        assertThat(model.findingsProperty().get()).isEqualTo(List.of());
        assertThat(model.refusalProperty().get()).isNull();
    }
}
