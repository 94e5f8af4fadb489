# SPDX-License-Identifier: Apache-2.0
# Builds Cramdisk from this checkout. What Maven fetches is checked against mvnHash, which changes with every version in a
# pom.xml and so is not kept here: the first build stops and prints it; build again with it,
#   cramdisk.override { mvnHash = "sha256-..."; }
{
  lib,
  maven,
  jdk21,
  makeWrapper,
  gtk3,
  libGL,
  xorg,
  mvnHash ? lib.fakeHash,
}:
maven.buildMavenPackage {
  pname = "cramdisk";
  version = "0.1.0";
  src = lib.cleanSource ../..;

  inherit mvnHash;
  mvnJdk = jdk21;
  mvnParameters = "-Dmaven.test.skip=true -Dspotless.check.skip=true -pl engine/daemon,engine/cli,engine/helper,gui -am";

  nativeBuildInputs = [ makeWrapper ];

  installPhase = ''
    runHook preInstall
    mkdir -p $out/lib/cramdisk/bin $out/lib/cramdisk/lib/gui $out/bin
    copy() {
      cp "$1"/target/cramdisk-*.jar "$2/"
      tr : '\n' < "$1/target/runtime.classpath" | while read -r jar; do cp "$jar" "$2/"; done
    }
    copy engine/daemon $out/lib/cramdisk/lib
    copy engine/cli $out/lib/cramdisk/lib
    copy gui $out/lib/cramdisk/lib/gui
    mkdir -p $out/lib/cramdisk/helper/lib
    copy engine/helper $out/lib/cramdisk/helper/lib
    # The jar that checks every message before the D-Bus library sees it comes first on the class path.
    mv $out/lib/cramdisk/helper/lib/cramdisk-helper-[0-9]*.jar $out/lib/cramdisk/helper/cramdisk-helper.jar
    install -D -m 644 installer/helper/io.github.cramdisk.helper.policy -t $out/share/polkit-1/actions
    install -D -m 644 installer/system/50-cramdisk.rules -t $out/share/polkit-1/rules.d
    install -D -m 644 installer/helper/io.github.cramdisk.Helper1.conf -t $out/share/dbus-1/system.d
    install -D -m 644 installer/helper/io.github.cramdisk.Helper1.service -t $out/share/dbus-1/system-services
    install -D -m 644 installer/helper/cramdisk-helper.service -t $out/lib/systemd/system
    install -m 644 engine/docs/helper-protocol.md $out/lib/cramdisk/helper
    install -m 755 installer/helper/cramdisk-helper $out/lib/cramdisk/helper
    substituteInPlace $out/lib/cramdisk/helper/cramdisk-helper $out/lib/systemd/system/cramdisk-helper.service \
      $out/share/dbus-1/system-services/io.github.cramdisk.Helper1.service \
      --replace-quiet @LIBRARY@ $out/lib/cramdisk/helper --replace-quiet @JAVA@ ${jdk21.home}/bin/java
    install -m 644 installer/launchers/launch.sh $out/lib/cramdisk/lib
    install -m 644 installer/launchers/gui-logging.properties $out/lib/cramdisk/lib/gui/logging.properties
    install -m 755 installer/launchers/cramdisk installer/launchers/cramdisk-engine installer/launchers/cramdisk-gui \
      $out/lib/cramdisk/bin
    install -m 755 installer/system/cramdisk-zram $out/lib/cramdisk
    for program in cramdisk cramdisk-engine cramdisk-gui; do
      makeWrapper $out/lib/cramdisk/bin/$program $out/bin/$program \
        --set JAVA_HOME ${jdk21.home} \
        --prefix LD_LIBRARY_PATH : ${
          lib.makeLibraryPath [
            gtk3
            libGL
            xorg.libXtst
            xorg.libXxf86vm
          ]
        }
    done
    runHook postInstall
  '';

  meta = {
    description = "Storage that lives in RAM: compressed disks, tmpfs and zram, with a window and a command line";
    license = lib.licenses.asl20;
    mainProgram = "cramdisk";
    platforms = lib.platforms.linux;
  };
}
