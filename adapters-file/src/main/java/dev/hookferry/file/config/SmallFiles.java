package dev.hookferry.file.config;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.FailStop;
import java.io.IOException;

/** The open files other than the journal. The audit log is part of {@code config}. */
public record SmallFiles(
    ConfigFile config, ReplayFile replays, TallyFile tallies, SessionFile sessions) {
  /**
   * Opens the files, which do not exist in a new store.
   *
   * @throws dev.hookferry.store.StoreException if one of them is damaged
   */
  public static SmallFiles open(Disk disk, FailStop health) throws IOException {
    ConfigFile config = new ConfigFile(disk, health);
    boolean isOpen = false;
    try {
      SmallFiles files =
          new SmallFiles(
              config,
              new ReplayFile(disk, health),
              new TallyFile(disk, health),
              new SessionFile(disk, health));
      isOpen = true;
      return files;
    } finally {
      if (!isOpen) {
        config.close();
      }
    }
  }
}
