# Written by Cramdisk.
{ ... }:
{
  boot.tmp = {
    useTmpfs = true;
    tmpfsSize = "50%";
  };
}
