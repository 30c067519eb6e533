package dev.hookferry.file.line;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Adds lines at the end of a file and forces them to the disk: all of them, or none. A disk of
 * which nobody knows what it has stops the store.
 */
public final class DurableAppend {
  private final Disk disk;
  private final FailStop health;
  private final String what;

  /**
   * Adds to files of one kind.
   *
   * @param what they are, for messages
   */
  public DurableAppend(Disk disk, FailStop health, String what) {
    this.disk = disk;
    this.health = health;
    this.what = what;
  }

  /**
   * Writes lines at a place, which is where the file ends; they are durable on return.
   *
   * @throws StoreException if there is no room for them, or the like; nothing was changed then
   */
  public void write(DiskFile file, LineBuffer lines, long offset) {
    boolean[] isWritten = new boolean[1];
    try {
      Uninterrupted.run(
          () -> {
            isWritten[0] = false;
            file.write(ByteBuffer.wrap(lines.array(), 0, lines.size()), offset);
            isWritten[0] = true;
            file.force();
          });
    } catch (IOException | RuntimeException e) {
      if (isWritten[0]) {
        throw health.fail("forcing " + what + " to the disk", e);
      }
      cut(file, offset, e);
      throw new StoreException(
          "writing " + what + " in " + disk + " failed, nothing was changed: " + e.getMessage(), e);
    }
  }

  /** Takes back what was added behind a place. */
  public void cut(DiskFile file, long length, Exception why) {
    try {
      Uninterrupted.run(() -> file.truncate(length));
    } catch (IOException | RuntimeException e) {
      e.addSuppressed(why);
      throw health.fail("taking back what could not be written", e);
    }
  }
}
