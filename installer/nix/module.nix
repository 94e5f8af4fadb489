# SPDX-License-Identifier: Apache-2.0
# The module of NixOS: services.cramdisk, an engine of the system with disks that are there before anybody logs in.
{
  config,
  lib,
  pkgs,
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
      readOnly = lib.mkOption {
        type = lib.types.bool;
        default = false;
        description = "Whether clients may only read.";
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
      "${cfg.package}/bin/cramdisk"
      "disk"
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
    ++ lib.optionals (disk.ramLimit != null) [
      "--ram-limit"
      disk.ramLimit
    ]
    ++ lib.optionals (disk.squeeze != null) [
      "--squeeze"
      disk.squeeze
    ]
    ++ lib.optional disk.readOnly "--read-only";
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
        inherit environment;
        serviceConfig = {
          Type = "oneshot";
          RemainAfterExit = true;
          User = "cramdisk";
          Group = "cramdisk";
          ExecStart = lib.escapeShellArgs (create name disk);
        };
      }
    ) cfg.disks;
  };
}
