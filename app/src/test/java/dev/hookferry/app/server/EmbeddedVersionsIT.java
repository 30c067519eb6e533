package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On the stores that need no database server. Runs once the jar is built. */
final class EmbeddedVersionsIT extends TwoVersions {
  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void onFiles() throws IOException {
    upgradesAndRollsBack("file:" + folder.resolve("store"));
    Path newer = folder.resolve("newer");
    Path unused = writeIncompatible("file:" + newer);
    Map<String, String> before = content(newer);

    assertThat(refusal("file:" + newer))
        .contains("line 1 of 0000000001.journal")
        .contains("its format is ", ", and this version reads ")
        .contains("start the version of Hookferry that wrote it, or a newer one");
    assertThat(content(newer)).isEqualTo(before);
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void onH2() throws IOException {
    upgradesAndRollsBack("jdbc:h2:file:" + folder.resolve("h2"));
  }

  /** Returns the bytes of all files by name, but for the lock with its process id. */
  private static Map<String, String> content(Path directory) throws IOException {
    Map<String, String> content = new HashMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file :
          files.filter(Files::isRegularFile).filter(f -> !f.endsWith("lock")).toList()) {
        content.put(
            directory.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return content;
  }
}
