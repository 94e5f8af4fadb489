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
    escapeShellArgs =
      words: builtins.concatStringsSep " " (map (word: "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] word}'") words);
  };

  evaluate =
    services:
    let
      result = module {
        inherit lib;
        pkgs.callPackage = _: _: "/nix/store/cramdisk";
        config.services.cramdisk = services;
      };
      options = result.options.services.cramdisk;
      diskOptions = options.disks.type.of.options;
      defaults = set: mapAttrs (_: option: option.default) (builtins.removeAttrs set [ "size" ]);
    in
    {
      inherit result options diskOptions;
      disk = given: defaults diskOptions // given;
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
  undocumented = filter (
    name: !((probe.options // probe.diskOptions).${name} ? description)
  ) (attrNames (probe.options // probe.diskOptions));
  disabled = !disabled.result.config.condition;
}
