# SPDX-License-Identifier: Apache-2.0
# Evaluates a module of NixOS without nixpkgs: as much of its lib as the module uses, with the same meaning.
module:
let
  inherit (builtins)
    attrNames
    concatMap
    filter
    listToAttrs
    map
    mapAttrs
    ;

  lib = {
    mkOption = option: option // { _type = "option"; };
    mkEnableOption = name: {
      _type = "option";
      type = { };
      default = false;
      description = "Whether to enable ${name}.";
    };
    mkIf = condition: content: {
      _type = "if";
      inherit condition content;
    };
    literalExpression = text: text;
    types = {
      package = { };
      bool = { };
      str = { };
      ints.between = least: most: { inherit least most; };
      listOf = of: { inherit of; };
      enum = values: { inherit values; };
      strMatching = pattern: { inherit pattern; };
      nullOr = of: { inherit of; };
      attrsOf = of: { inherit of; };
      submodule = module: { inherit (module) options; };
    };
    optional = condition: item: if condition then [ item ] else [ ];
    optionals = condition: items: if condition then items else [ ];
    nameValuePair = name: value: { inherit name value; };
    mapAttrs' = f: set: listToAttrs (map (name: f name set.${name}) (attrNames set));
    mapAttrsToList = f: set: map (name: f name set.${name}) (attrNames set);
    optionalAttrs = condition: set: if condition then set else { };
    concatStringsSep = builtins.concatStringsSep;
  };

  utils = {
    escapeSystemdExecArgs =
      words:
      builtins.concatStringsSep " " (
        map (word: builtins.replaceStrings [ "%" "$" ] [ "%%" "$$" ] (builtins.toJSON (toString word))) words
      );
    escapeSystemdPath = path: builtins.replaceStrings [ "/" ] [ "-" ] (builtins.substring 1 (-1) path);
  };

  evaluate =
    services:
    let
      result = module {
        inherit lib utils;
        pkgs = {
          callPackage = _: _: "/nix/store/cramdisk";
          coreutils = "/nix/store/coreutils";
        };
        config.services.cramdisk = services;
      };
      options = result.options.services.cramdisk;
      diskOptions = options.disks.type.of.options;
      defaults = set: mapAttrs (_: option: option.default) (builtins.removeAttrs set [ "size" "target" ]);
    in
    {
      inherit result options diskOptions;
      disk = given: defaults diskOptions // given;
      mount = given: defaults diskOptions.mount.type.of.options // given;
      swap = given: defaults diskOptions.swap.type.of.options // given;
    };

  probe = evaluate { };
  enabled = evaluate {
    enable = true;
    package = probe.options.package.default;
    disks = {
      scratch = probe.disk {
        size = "2G";
        codec = "zstd:3";
        blockSize = "64K";
        ramLimit = "1G";
        readOnly = true;
      };
      plain = probe.disk { size = "1G"; };
      mounted = probe.disk {
        size = "1G";
        growTo = "2G";
        whenFull = "5m";
        mount = probe.mount {
          target = "/mnt/scratch";
          label = "100% mine";
          owner = "alice";
          options = [
            "noatime"
            "commit=60"
          ];
          discard = false;
        };
      };
      swapped = probe.disk {
        size = "1G";
        swap = probe.swap { priority = 10; };
      };
      "bad name" = probe.disk { size = "1G"; };
    };
  };
  disabled = evaluate {
    enable = false;
    package = "";
    disks = { };
  };
  config = enabled.result.config.content;
in
{
  services = config.systemd.services;
  failedAssertions = concatMap (a: if a.assertion then [ ] else [ a.message ]) config.assertions;
  undocumented =
    let
      all =
        probe.options
        // probe.diskOptions
        // probe.diskOptions.mount.type.of.options
        // probe.diskOptions.swap.type.of.options;
    in
    filter (name: !(all.${name} ? description)) (attrNames all);
  disabled = !disabled.result.config.condition;
}
