package dev.hookferry.file.line;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Appends lines to a file and forces them to disk, all or nothing. If the state on disk becomes
 * unknown, the store stops.
 */
public final class DurableAppend {
  private final Disk disk;
  private final FailStop health;
  private final String what;

  /**
   * Creates an appender for one kind of file.
   *
   * @param what the kind of file, for messages
   */
  public DurableAppend(Disk disk, FailStop health, String what) {
    this.disk = disk;
    this.health = health;
    this.what = what;
  }

  /**
   * Writes lines at {@code offset}, which must be the end of the file; they are durable on return.
   *
   * @throws StoreException if they cannot be written, such as on a full disk; nothing was changed
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
        throw health.fail("forcing " + what + " to disk", e);
      }
      cut(file, offset, e);
      throw new StoreException(
          "writing " + what + " in " + disk + " failed; nothing was changed: " + e.getMessage(), e);
    }
  }

  /** Truncates the file to a previous end. */
  public void cut(DiskFile file, long length, Exception why) {
    try {
      Uninterrupted.run(() -> file.truncate(length));
    } catch (IOException | RuntimeException e) {
      e.addSuppressed(why);
      throw health.fail("truncating an incomplete write", e);
    }
  }
}
