package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Replaces a file as a whole: after a crash, either the old or the new one exists. */
public final class AtomicFile {
  /** Suffix of files that are not complete yet. */
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

  /** Deletes unfinished files of earlier processes. */
  public static void deleteUnfinished(Disk disk) throws IOException {
    for (String name : disk.list()) {
      if (name.endsWith(UNFINISHED)) {
        disk.delete(name);
      }
    }
  }

  /** Writes the content of a file. */
  public interface Content {
    void to(DiskFile file) throws IOException;
  }
}
