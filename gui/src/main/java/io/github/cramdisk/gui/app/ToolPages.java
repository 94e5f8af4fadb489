// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.gui.activity.ActivityModel;
import io.github.cramdisk.gui.activity.ActivityView;
import io.github.cramdisk.gui.common.PageFrame;
import io.github.cramdisk.gui.compare.CompareModel;
import io.github.cramdisk.gui.compare.CompareView;
import io.github.cramdisk.gui.configuration.ConfigurationModel;
import io.github.cramdisk.gui.configuration.ConfigurationView;
import io.github.cramdisk.gui.create.NewVolume;
import io.github.cramdisk.gui.doctor.DoctorModel;
import io.github.cramdisk.gui.doctor.DoctorView;
import io.github.cramdisk.gui.monitor.MonitorModel;
import io.github.cramdisk.gui.monitor.MonitorView;
import io.github.cramdisk.gui.settings.SettingsModel;
import io.github.cramdisk.gui.settings.SettingsView;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pages that are made when they are first opened, so that a start does not pay for them. */
final class ToolPages {
    private final MonitorModel monitor;
    private final DoctorModel doctor;
    private final CompareModel compare;
    private final ActivityModel activity;
    private final SettingsModel settings;
    private final ConfigurationModel configuration;
    private final Map<Page, PageFrame> made = new HashMap<>();

    ToolPages(
            MonitorModel monitor,
            DoctorModel doctor,
            CompareModel compare,
            ActivityModel activity,
            SettingsModel settings,
            ConfigurationModel configuration) {
        this.configuration = configuration;
        this.activity = activity;
        this.monitor = monitor;
        this.doctor = doctor;
        this.compare = compare;
        this.settings = settings;
    }

    /** The page; null where it is none of these. */
    @Nullable
    PageFrame of(Page page, Consumer<String> onOpen, NewVolume onNewVolume) {
        if (page instanceof Page.Monitor) {
            return made.computeIfAbsent(page, unused -> new MonitorView(monitor, onOpen));
        }
        if (page instanceof Page.Doctor) {
            return made.computeIfAbsent(page, unused -> new DoctorView(doctor));
        }
        if (page instanceof Page.Compare) {
            return made.computeIfAbsent(page, unused -> new CompareView(compare, onNewVolume));
        }
        if (page instanceof Page.Activity) {
            return made.computeIfAbsent(page, unused -> new ActivityView(activity));
        }
        if (page instanceof Page.Configuration) {
            return made.computeIfAbsent(page, unused -> new ConfigurationView(configuration));
        }
        if (page instanceof Page.Settings) {
            return made.computeIfAbsent(page, unused -> new SettingsView(settings));
        }
        return null;
    }
}
