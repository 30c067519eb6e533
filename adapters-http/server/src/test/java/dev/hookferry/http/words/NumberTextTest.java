package dev.hookferry.http.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NumberTextTest {
  private static final Path SOURCES = Path.of("src", "main");

  @Test
  void thousandsAreSeparated() {
    assertThat(NumberText.of(12_345)).isEqualTo("12,345");
    assertThat(NumberText.of(1_000, true)).isEqualTo("1,000+");
    assertThat(NumberText.counted(1, "event")).isEqualTo("1 event");
    assertThat(NumberText.counted(1_024, "event")).isEqualTo("1,024 events");
  }

  @Test
  void nothingElseSeparatesThem() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> others =
          files
              .filter(file -> file.toString().matches(".*[.](java|jte)"))
              .filter(file -> !file.endsWith("NumberText.java"))
              .filter(file -> text(file).contains("%,d"))
              .toList();
      assertThat(others).isEmpty();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
