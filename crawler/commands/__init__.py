"""What each command does, one file each, on the common class in `base`; names and options are in `command_line`."""
