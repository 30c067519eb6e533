package dev.hookferry.file.config;

import dev.hookferry.file.line.LineBuffer;
import dev.hookferry.file.line.LineFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Files of lines whose JSON was changed, with recomputed checksums. */
public final class SealedLines {
  private SealedLines() {}

  /** The JSON of each line. */
  public static List<String> json(byte[] file) {
    return new String(file, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.substring(LineFormat.PREFIX))
        .toList();
  }

  /** A file of these lines. */
  public static byte[] of(List<String> json) {
    LineBuffer buffer = new LineBuffer();
    int crc = 0;
    for (int i = 0; i < json.size(); i++) {
      int start = buffer.size();
      buffer.skip(LineFormat.PREFIX).raw(json.get(i).getBytes(StandardCharsets.UTF_8));
      crc = LineFormat.seal(buffer, start, i + 1L, crc);
      buffer.plain("\n");
    }
    return Arrays.copyOf(buffer.array(), buffer.size());
  }
}
