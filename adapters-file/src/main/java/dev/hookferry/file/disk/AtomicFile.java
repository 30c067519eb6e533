package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Replaces a file as a whole: whatever happens, the old one or the new one is there. */
public final class AtomicFile {
  /** How names end that were given to files that are not whole yet. */
  public static final String UNFINISHED = ".tmp";

  private AtomicFile() {}

  /** Writes a file; when this returns, it is durable under its name. */
  public static void write(Disk disk, String name, List<ByteBuffer> parts) throws IOException {
    write(
        disk,
        name,
        file -> {
          long at = 0;
          for (ByteBuffer part : parts) {
            int length = part.remaining();
            file.write(part, at);
            at += length;
          }
        });
  }

  /** Writes a file piece by piece; when this returns, it is durable under its name. */
  public static void write(Disk disk, String name, Content content) throws IOException {
    String unfinished = name + UNFINISHED;
    try (DiskFile file = disk.open(unfinished, Disk.Access.CREATE)) {
      content.to(file);
      file.force();
    } catch (IOException | RuntimeException e) {
      disk.delete(unfinished);
      throw e;
    }
    disk.rename(unfinished, name);
    disk.sync();
  }

  /** What to write. */
  public interface Content {
    void to(DiskFile file) throws IOException;
  }
}
