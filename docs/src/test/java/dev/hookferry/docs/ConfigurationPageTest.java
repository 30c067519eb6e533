package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.config.reading.ConfigKey;
import dev.hookferry.app.config.reading.ConfigKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The manual's table of the configuration says what the code does. */
class ConfigurationPageTest {
  @Test
  void everyKeyHasItsRow() throws IOException {
    String page = Files.readString(Path.of("configuration.md"));

    assertThat(ConfigKeys.ALL).allSatisfy(key -> assertThat(page).contains(row(key)));
  }

  private static String row(ConfigKey<?> key) {
    String flag = key.flag() == null ? "–" : "`" + key.flag() + "`";
    String fallback = key.fallback().isEmpty() ? "–" : "`" + key.fallback() + "`";
    return String.format(
        "| `%s` | `%s` | %s | %s | %s |", key.name(), key.variable(), flag, fallback, key.help());
  }
}
