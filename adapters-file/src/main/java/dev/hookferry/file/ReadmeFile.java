package dev.hookferry.file;

import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** The README that explains the store's files to operators who look into its directory. */
final class ReadmeFile {
  private static final String NAME = "README.txt";

  private ReadmeFile() {}

  /** Writes the file unless it exists. */
  static void write(Disk disk) throws IOException {
    if (!disk.list().contains(NAME)) {
      try (InputStream text = ReadmeFile.class.getResourceAsStream(NAME)) {
        byte[] bytes = text == null ? new byte[0] : text.readAllBytes();
        AtomicFile.write(disk, NAME, List.of(ByteBuffer.wrap(bytes)));
      }
    }
  }
}
