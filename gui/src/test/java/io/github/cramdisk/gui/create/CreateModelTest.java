// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.SqueezeSpec;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CreateModelTest {
    private final FakeEngine engine = FakeEngine.withThreeDisks();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());
    private final List<DiskInfo> created = new ArrayList<>();

    @BeforeEach
    void connect() {
        link.connect();
    }

    @Test
    void beginsWithADraft() {
        CreateModel model = new CreateModel(
                link, new Draft(ByteSize.ofGibi(5), CodecSpec.zstd(7), ByteSize.ofKibi(64), ByteSize.ofGibi(2), null));
        assertThat(model.commandProperty().get())
                .endsWith(" --size 5G --codec zstd --level 7 --block-size 64K --ram-limit 2G");
    }

    @Test
    void squeezesUnlessItIsToldNotTo() {
        CreateModel model = new CreateModel(link, Draft.EMPTY);
        assertThat(model.compression().squeeze()).isEqualTo(SqueezeSpec.DEFAULT);
        assertThat(model.commandProperty().get()).doesNotContain("--squeeze");
        model.compression().squeezeLevelProperty().set(15);
        assertThat(model.commandProperty().get()).endsWith(" --squeeze zstd:15");
        model.compression().squeezedProperty().set(false);
        assertThat(model.commandProperty().get()).endsWith(" --squeeze off");
        model.compression().algorithmProperty().set(CodecSpec.Algorithm.NONE);
        assertThat(model.commandProperty().get()).endsWith(" --codec none");
        assertThat(model.compression().squeeze()).isEqualTo(SqueezeSpec.OFF);
    }

    @Test
    void beginsValidWithANameThatNobodyHas() {
        engine.add(DiskSpec.of("disk1", ByteSize.ofGibi(1)));
        engine.tick();
        CreateModel model = new CreateModel(link, Draft.EMPTY);
        assertThat(model.nameProperty().get()).isEqualTo("disk2");
        assertThat(model.validProperty().get()).isTrue();
    }

    @Test
    void takesTheSizeThatWasDrawn() {
        CreateModel model = new CreateModel(link, Draft.ofSize(ByteSize.ofMebi(2816)));
        assertThat(model.sizeTextProperty().get()).isEqualTo("2.75G");
        assertThat(model.sizeProperty().get()).isEqualTo(ByteSize.ofMebi(2816));
    }

    @Test
    void saysWhatIsWrongInTheSentencesOfTheEngine() {
        CreateModel model = new CreateModel(link, Draft.EMPTY);
        model.nameProperty().set("a b");
        assertThat(model.nameErrorProperty().get()).isEqualTo(ErrorKind.INVALID_NAME.sentence("a b"));
        model.nameProperty().set("builds");
        assertThat(model.nameErrorProperty().get()).isEqualTo(ErrorKind.DISK_EXISTS.sentence("builds"));
        model.nameProperty().set("");
        assertThat(model.nameErrorProperty().get()).isEqualTo("Give the disk a name.");
        assertThat(model.validProperty().get()).isFalse();
        model.nameProperty().set("fine");
        assertThat(model.validProperty().get()).isTrue();

        model.sizeTextProperty().set("many");
        assertThat(model.sizeErrorProperty().get()).isEqualTo(ErrorKind.INVALID_SIZE.sentence("many"));
        model.sizeTextProperty().set("17T");
        assertThat(model.sizeErrorProperty().get()).isEqualTo(ErrorKind.INVALID_DISK_SIZE.sentence("17T"));
        assertThat(model.validProperty().get()).isFalse();
    }

    @Test
    void readsABareNumberAsGibibytes() {
        CreateModel model = new CreateModel(link, Draft.EMPTY);
        model.sizeTextProperty().set("4");
        assertThat(model.sizeProperty().get()).isEqualTo(ByteSize.ofGibi(4));
    }

    @Test
    void writesTheSameAsACommandLine() {
        CreateModel model = new CreateModel(link, Draft.EMPTY);
        model.nameProperty().set("fast");
        model.sizeTextProperty().set("2G");
        assertThat(model.commandProperty().get()).isEqualTo("cramdisk disk create fast --size 2G");
        model.compression().algorithmProperty().set(CodecSpec.Algorithm.ZSTD);
        model.compression().levelProperty().set(7);
        model.blockSizeProperty().set(ByteSize.ofKibi(64));
        model.limitedProperty().set(true);
        model.limitTextProperty().set("512M");
        assertThat(model.commandProperty().get())
                .isEqualTo("cramdisk disk create fast --size 2G --codec zstd --level 7 --block-size 64K"
                        + " --ram-limit 512M");
    }

    @Test
    void suggestsALimitThatFitsTheSize() {
        CreateModel model = new CreateModel(link, Draft.ofSize(ByteSize.ofGibi(4)));
        model.limitedProperty().set(true);
        assertThat(model.limitErrorProperty().get()).isEmpty();
        assertThat(model.validProperty().get()).isTrue();
        model.limitTextProperty().set("1M");
        assertThat(model.limitErrorProperty().get()).isEqualTo(ErrorKind.INVALID_RAM_LIMIT.sentence("1M"));
        model.limitedProperty().set(false);
        assertThat(model.validProperty().get()).isTrue();
    }

    @Test
    void estimatesLessForAStrongerCodecAndNeverMoreThanTheLimit() {
        CreateModel model = new CreateModel(link, Draft.ofSize(ByteSize.ofGibi(4)));
        long lz4 = high(model);
        model.compression().algorithmProperty().set(CodecSpec.Algorithm.ZSTD);
        assertThat(high(model)).isLessThan(lz4);
        model.compression().algorithmProperty().set(CodecSpec.Algorithm.NONE);
        assertThat(high(model)).isGreaterThanOrEqualTo(ByteSize.ofGibi(4).bytes());
        model.limitedProperty().set(true);
        model.limitTextProperty().set("1G");
        assertThat(high(model)).isEqualTo(ByteSize.ofGibi(1).bytes());
    }

    @Test
    void warnsButDoesNotForbidWhatTheMachineCannotHold() {
        CreateModel model = new CreateModel(link, Draft.ofSize(ByteSize.ofGibi(64)));
        assertThat(model.warningProperty().get()).contains("costs more than");
        assertThat(model.validProperty().get()).isTrue();
    }

    @Test
    void createsOnTheEngine() {
        CreateModel model = new CreateModel(link, Draft.ofSize(ByteSize.ofGibi(4)));
        model.nameProperty().set("new");
        model.submit(created::add);
        assertThat(created).extracting(DiskInfo::name).containsExactly("new");
        assertThat(engine.showDisk("new").sizeBytes())
                .isEqualTo(ByteSize.ofGibi(4).bytes());
    }

    @Test
    void saysWhatHappensAtTheLimit() {
        CreateModel model = new CreateModel(link, Draft.EMPTY);
        model.nameProperty().set("d");
        model.limitedProperty().set(true);
        model.limitTextProperty().set("512M");
        model.fullWaitProperty().set(io.github.cramdisk.api.FullWait.WITHOUT_END);
        model.growTextProperty().set("1G");
        assertThat(model.commandProperty().get())
                .isEqualTo("cramdisk disk create d --size 1G --ram-limit 512M --grow-to 1G --full wait");
        assertThat(model.validProperty().get()).isTrue();
        model.growTextProperty().set("256M");
        assertThat(model.growErrorProperty().get()).contains("the limit is 512M already");
        assertThat(model.validProperty().get()).isFalse();
        model.limitedProperty().set(false);
        assertThat(model.validProperty().get()).isTrue();
        assertThat(model.commandProperty().get()).isEqualTo("cramdisk disk create d --size 1G");
    }

    @Test
    void keepsEverythingWhenTheEngineRefuses() {
        CreateModel model = new CreateModel(link, Draft.ofSize(ByteSize.ofGibi(4)));
        model.nameProperty().set("new");
        engine.refuseNext(new CramdiskException(ErrorKind.NOT_ENOUGH_MEMORY, "the arena is full"));
        model.submit(created::add);
        assertThat(created).isEmpty();
        assertThat(model.engineErrorProperty().get())
                .isEqualTo(ErrorKind.NOT_ENOUGH_MEMORY.sentence("the arena is full"));
        assertThat(model.nameProperty().get()).isEqualTo("new");
        assertThat(model.busyProperty().get()).isFalse();
        model.sizeTextProperty().set("1G");
        assertThat(model.engineErrorProperty().get()).isEmpty();
        model.submit(created::add);
        assertThat(created).hasSize(1);
    }

    private static long high(CreateModel model) {
        var estimate = model.estimateProperty().get();
        assertThat(estimate).isNotNull();
        return estimate == null ? 0 : estimate.highBytes();
    }

    @Test
    void createsAndMountsInOneGo() {
        CreateModel model = new CreateModel(link, Draft.EMPTY);
        model.nameProperty().set("fresh");
        assertThat(model.mount().targetProperty().get()).endsWith("/fresh");
        model.mount().targetProperty().set("/mnt/fresh");
        model.nameProperty().set("fresher");
        // What was typed stays, whatever the name becomes.
        assertThat(model.mount().targetProperty().get()).isEqualTo("/mnt/fresh");
        model.mount().targetProperty().set("");
        assertThat(model.validProperty().get()).isTrue();
        model.mountedProperty().set(true);
        assertThat(model.validProperty().get()).isFalse();
        model.mount().targetProperty().set("/mnt/fresh");
        assertThat(model.commandProperty().get())
                .isEqualTo("cramdisk disk create fresher --size 1G"
                        + " && cramdisk disk attach fresher --mount /mnt/fresh --mkdir");
        List<DiskInfo> created = new ArrayList<>();
        model.submit(created::add);
        assertThat(created)
                .singleElement()
                .satisfies(disk -> assertThat(disk.attachment()).isNotNull());
        assertThat(engine.attached).containsOnlyKeys("fresher");
    }

    @Test
    void aDiskThatCannotBeMountedStaysAndIsNotCreatedTwice() {
        CreateModel model = new CreateModel(link, Draft.EMPTY);
        model.nameProperty().set("fresh");
        model.mountedProperty().set(true);
        engine.refuseNextAttach(new CramdiskException(ErrorKind.NOT_AUTHORISED, "attach a disk", "some.action"));
        List<DiskInfo> created = new ArrayList<>();
        model.submit(created::add);
        assertThat(created).isEmpty();
        assertThat(engine.showDisk("fresh").attachment()).isNull();
        Refusal refusal = model.refusalProperty().get();
        assertThat(refusal).isNotNull();
        assertThat(refusal.sentence()).startsWith("You are not authorised to attach a disk.");
        assertThat(refusal.advice()).contains("“fresh” was created and stays");
        assertThat(refusal.command()).contains("some.action");
        engine.tick();
        assertThat(model.nameErrorProperty().get()).isEmpty();

        model.submit(created::add);
        assertThat(created).hasSize(1);
        assertThat(engine.attached).containsOnlyKeys("fresh");
    }
}
