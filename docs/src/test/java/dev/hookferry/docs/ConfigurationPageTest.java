package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.config.reading.ConfigKey;
import dev.hookferry.app.config.reading.ConfigKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The manual's table of the configuration says what the code does. */
class ConfigurationPageTest {
  @Test
  void everyKeyHasItsRow() throws IOException {
    String page = Files.readString(Path.of("configuration.md"));

    assertThat(ConfigKeys.ALL).allSatisfy(key -> assertThat(page).contains(row(key)));
  }

  /** The rule for flags has the exceptions that the page names; variables have none. */
  @Test
  void everyVariableAndFlagFollowsFromItsKey() throws IOException {
    String page = Files.readString(Path.of("configuration.md"));
    String exceptions = page.substring(page.indexOf("The exceptions are"));
    String withoutFlag = exceptions.substring(exceptions.indexOf("Secrets have no flag"));

    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String words = key.name().replaceAll("([a-z])([A-Z])", "$1-$2").replace('.', '-');
      assertThat(key.variable())
          .isEqualTo("HOOKFERRY_" + words.replace('-', '_').toUpperCase(Locale.ROOT));
      if (key.flag() == null) {
        assertThat(withoutFlag.lines().findFirst())
            .hasValueSatisfying(line -> assertThat(line).contains("`" + key.name() + "`"));
      } else if (!key.flag().equals("--" + words.toLowerCase(Locale.ROOT))) {
        assertThat(exceptions).contains("| `%s` | `%s` |\n".formatted(key.name(), key.flag()));
      }
    }
  }

  private static String row(ConfigKey<?> key) {
    String fallback = key.fallback().isEmpty() ? "–" : "`" + key.fallback() + "`";
    return String.format("| `%s` | %s | %s |", key.name(), fallback, key.help());
  }
}
