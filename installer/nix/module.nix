# SPDX-License-Identifier: Apache-2.0
# The module of NixOS: services.cramdisk, an engine of the system with disks that are there before anybody logs in.
{
  config,
  lib,
  pkgs,
  utils,
  ...
}:
let
  cfg = config.services.cramdisk;

  sizeType = lib.types.strMatching "[0-9]+([.][0-9]+)?[KMGT]?";

  disk = lib.types.submodule {
    options = {
      size = lib.mkOption {
        type = sizeType;
        example = "2G";
        description = "What the disk offers, 4K to 16T: a number of bytes, or one with K, M, G or T (powers of 1024).";
      };
      codec = lib.mkOption {
        type = lib.types.strMatching "lz4|none|zstd(:([1-9]|1[0-9]))?";
        default = "lz4";
        example = "zstd:3";
        description = "How its content is compressed: lz4, zstd, zstd:LEVEL (1 to 19), or none.";
      };
      blockSize = lib.mkOption {
        type = lib.types.enum [
          "4K"
          "8K"
          "16K"
          "32K"
          "64K"
        ];
        default = "4K";
        description = "What is compressed at a time. Larger is smaller in memory, and slower for small writes.";
      };
      ramLimit = lib.mkOption {
        type = lib.types.nullOr sizeType;
        default = null;
        example = "512M";
        description = "Most memory that the disk may take, 8M or more; null for no limit.";
      };
      squeeze = lib.mkOption {
        type = lib.types.nullOr (lib.types.strMatching "off|on|zstd(:([1-9]|1[0-9]))?");
        default = null;
        example = "zstd:12";
        description = "How what stays unused is compressed again: off, on, zstd:LEVEL; null for what suits the codec.";
      };
      growTo = lib.mkOption {
        type = lib.types.nullOr sizeType;
        default = null;
        example = "1G";
        description = "Up to here the limit rises by itself while the machine has memory to spare; null: it is fixed.";
      };
      whenFull = lib.mkOption {
        type = lib.types.strMatching "auto|wait|fail|[0-9]+[smh]?";
        default = "auto";
        example = "5m";
        description = ''
          What writes to the full disk do: wait until there is room, fail, or wait for a time and then fail; auto waits
          without end where the kernel is the client, else 30 s.
        '';
      };
      readOnly = lib.mkOption {
        type = lib.types.bool;
        default = false;
        description = "Whether clients may only read.";
      };
      mount = lib.mkOption {
        type = lib.types.nullOr mount;
        default = null;
        description = "Where it is mounted; null for a disk that is served over NBD alone.";
      };
      swap = lib.mkOption {
        type = lib.types.nullOr swap;
        default = null;
        example = { };
        description = "How it is used as swap, at which zram is better; null for a disk that is no swap.";
      };
    };
  };

  swap = lib.types.submodule {
    options.priority = lib.mkOption {
      type = lib.types.nullOr (lib.types.ints.between 0 32767);
      default = null;
      example = 10;
      description = "Swap of the highest priority is used first.";
    };
  };

  text = lib.types.nullOr lib.types.str;

  mount = lib.types.submodule {
    options = {
      target = lib.mkOption {
        type = lib.types.strMatching "/.+";
        example = "/mnt/scratch";
        description = "The directory; it is made where it is missing.";
      };
      fsType = lib.mkOption {
        type = lib.types.enum [
          "ext4"
          "xfs"
          "btrfs"
        ];
        default = "ext4";
        description = "The filesystem, made at each start of the machine.";
      };
      label = lib.mkOption {
        type = text;
        default = null;
        description = "Label of the filesystem.";
      };
      uuid = lib.mkOption {
        type = text;
        default = null;
        description = "UUID of the filesystem; null for a random one.";
      };
      owner = lib.mkOption {
        type = text;
        default = null;
        example = "alice";
        description = "User that its root directory belongs to, by name or number; null for cramdisk.";
      };
      group = lib.mkOption {
        type = text;
        default = null;
        description = "Group of its root directory, by name or number; null for cramdisk.";
      };
      mode = lib.mkOption {
        type = lib.types.nullOr (lib.types.strMatching "[0-7]{3,4}");
        default = null;
        example = "0700";
        description = "Permissions of its root directory; null for 755.";
      };
      options = lib.mkOption {
        type = lib.types.listOf lib.types.str;
        default = [ ];
        example = [ "noatime" ];
        description = "Mount options beside nosuid and nodev, which are always set.";
      };
      discard = lib.mkOption {
        type = lib.types.bool;
        default = true;
        description = "Whether deleted files give their memory back at once, and not only at fstrim.";
      };
    };
  };

  environment = {
    CRAMDISK_RUNTIME_DIR = "/run/cramdisk/system";
    CRAMDISK_ARENA_DIR = "/dev/shm/cramdisk-system";
    CRAMDISK_CONFIG_DIR = "/var/lib/cramdisk/system";
    CRAMDISK_DATA_DIR = "/var/lib/cramdisk/system/state";
  };

  create =
    name: disk:
    [
      "create"
      name
      "--if-missing"
      "--size"
      disk.size
      "--codec"
      disk.codec
      "--block-size"
      disk.blockSize
    ]
    ++ option "--ram-limit" disk.ramLimit
    ++ option "--squeeze" disk.squeeze
    ++ option "--grow-to" disk.growTo
    ++ lib.optionals (disk.whenFull != "auto") [
      "--full"
      disk.whenFull
    ]
    ++ lib.optional disk.readOnly "--read-only";

  option =
    name: value:
    lib.optionals (value != null) [
      name
      (toString value)
    ];

  # What attaches a disk to the kernel; empty for one that is not.
  attach =
    disk:
    if disk.mount != null then
      [
        "--mount"
        disk.mount.target
        "--mkdir"
        "--fs"
        disk.mount.fsType
      ]
      ++ option "--label" disk.mount.label
      ++ option "--uuid" disk.mount.uuid
      ++ option "--owner" disk.mount.owner
      ++ option "--group" disk.mount.group
      ++ option "--mode" disk.mount.mode
      ++ lib.optionals (disk.mount.options != [ ]) [
        "--options"
        (lib.concatStringsSep "," disk.mount.options)
      ]
      ++ lib.optional (!disk.mount.discard) "--no-discard"
    else
      lib.optionals (disk.swap != null) ([ "--swap" ] ++ option "--priority" disk.swap.priority);

  command =
    words:
    utils.escapeSystemdExecArgs (
      [
        "${cfg.package}/bin/cramdisk"
        "disk"
      ]
      ++ words
    );
in
{
  options.services.cramdisk = {
    enable = lib.mkEnableOption "Cramdisk, compressed disks in memory";
    package = lib.mkOption {
      type = lib.types.package;
      default = pkgs.callPackage ./package.nix { };
      defaultText = lib.literalExpression "pkgs.callPackage ./package.nix { }";
      description = "The package that is used.";
    };
    disks = lib.mkOption {
      type = lib.types.attrsOf disk;
      default = { };
      example = lib.literalExpression ''
        {
          scratch = {
            size = "2G";
            ramLimit = "1G";
          };
        }
      '';
      description = ''
        Disks that the engine of the system serves, by name: 1 to 64 letters, digits, dots, dashes or underscores,
        the first a letter or digit. Their content is memory, and empty after each start of the machine.
      '';
    };
  };

  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    # The helper, which does what needs root for whoever polkit allows it.
    services.dbus.packages = [ cfg.package ];
    systemd.packages = [ cfg.package ];
    security.polkit.enable = true;

    assertions = lib.mapAttrsToList (name: _: {
      assertion = builtins.match "[A-Za-z0-9][A-Za-z0-9._-]{0,63}" name != null;
      message = "services.cramdisk.disks: \"${name}\" cannot be the name of a disk.";
    }) cfg.disks;

    users.users.cramdisk = {
      isSystemUser = true;
      group = "cramdisk";
      description = "Engine of Cramdisk";
    };
    users.groups.cramdisk = { };

    systemd.services = {
      cramdisk-engine = {
        description = "Cramdisk engine of the system";
        wantedBy = [ "multi-user.target" ];
        inherit environment;
        serviceConfig = {
          ExecStart = "${cfg.package}/bin/cramdisk-engine --foreground";
          User = "cramdisk";
          Group = "cramdisk";
          RuntimeDirectory = "cramdisk/system";
          RuntimeDirectoryMode = "0700";
          RuntimeDirectoryPreserve = true;
          StateDirectory = "cramdisk/system";
          StateDirectoryMode = "0700";
          Restart = "on-failure";
          NoNewPrivileges = true;
          ProtectHome = true;
          ProtectSystem = "strict";
          ReadWritePaths = [ "/dev/shm" ];
        };
      };
    }
    // lib.mapAttrs' (
      name: disk:
      lib.nameValuePair "cramdisk-disk-${name}" {
        description = "Cramdisk disk ${name}";
        wantedBy = [ "multi-user.target" ];
        requires = [ "cramdisk-engine.service" ];
        after = [ "cramdisk-engine.service" ];
        # Its mount is stopped first at shutdown.
        before = lib.optional (
          disk.mount != null
        ) "${utils.escapeSystemdPath disk.mount.target}.mount";
        inherit environment;
        serviceConfig = {
          Type = "oneshot";
          RemainAfterExit = true;
          User = "cramdisk";
          Group = "cramdisk";
          ExecStart =
            [ (command (create name disk)) ]
            ++ lib.optional (attach disk != [ ]) (command ([ "attach" name ] ++ attach disk));
        }
        // lib.optionalAttrs (disk.mount != null) {
          # The helper makes directories with the rights of who asks, and that engine may write to none that is root's.
          ExecStartPre = "+" + utils.escapeSystemdExecArgs [
            "${pkgs.coreutils}/bin/mkdir"
            "-p"
            "--"
            disk.mount.target
          ];
        }
        // lib.optionalAttrs (attach disk != [ ]) {
          ExecStop = command [
            "detach"
            name
          ];
        };
      }
    ) cfg.disks;
  };
}
