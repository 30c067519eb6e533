package dev.hookferry.app.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hookferry.app.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words for a configuration that cannot be read, and what to do about it. */
final class ConfigMessagesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: 1~bad: [1, 2~x: y | line 3: not valid YAML: expected ',' or ']' in the list that"
            + " begins in line 2",
        "bad: {a: 1~ | not valid YAML: expected ',' or '}' in the object that begins in line 1",
        "bad: \"one~port: 1~ | found unexpected end of stream in the quoted text that begins in"
            + " line 1",
        "store:~\t a: 1 | line 2: not valid YAML: a tab cannot indent a line; use spaces",
        "a: b: c | line 1: not valid YAML: no colon is allowed here; put the value in quotes",
        "a: @b | line 1: not valid YAML: found character '@'; put the value in quotes",
        "a:~  b: 1~ c: 2 | line 3: not valid YAML: this line does not continue the lines above it",
        "outbound.allowHttp: yes please | outbound.allowHttp must be true, or a list of hosts such as"
            + " crm.example.com and networks such as 10.20.0.0/16 (got yes please)",
        "outbound.allowHttp: [10.20.0.0/33] | outbound.allowHttp must be a network such as",
        "store: jdbc:mysql://db/x | store must begin with jdbc:mariadb:, also for MySQL; did you mean"
            + " jdbc:mariadb://db/x?",
        "store: jdbc:sqlite:x | store must be file:DIR, memory, a JDBC URL that begins with"
            + " jdbc:postgresql:, jdbc:mariadb: (also for MySQL) or jdbc:h2:, or the SCHEME:… of a"
            + " custom store (got jdbc:sqlite:x)",
      },
      quoteCharacter = '`')
  void saysWhatIsWrongAndWhere(String yaml, String problem) throws IOException {
    Path file = folder.resolve("hookferry.yaml");
    Files.writeString(file, yaml.replace('~', '\n'));
    ConfigSources sources = new ConfigSources(folder, file, Map.of(), Map.of());
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> ServerConfigReader.read(sources));
    assertThat(refused).hasMessageContaining(problem);
  }

  @Test
  void theDoctorSaysWhetherToCorrectTheFileItsPathOrAValue() throws IOException {
    Path missing = folder.resolve("nope.yaml");
    assertThat(doctor(missing))
        .contains("flag --config: no such file: " + missing, "→ correct the path; the server does");
    Path file = folder.resolve("bad.yaml");
    Files.writeString(file, "port: [");
    assertThat(doctor(file)).contains("→ correct the file; the server does not start with it");
    Files.writeString(file, "port: x");
    assertThat(doctor(file)).contains("→ change that value; the server does not start");
  }

  private static String doctor(Path config) {
    CommandResult typed =
        CommandResult.run(
            "doctor", "--config", config.toString(), "--store", "memory", "--allow-public=false");
    assertThat(typed.code()).isEqualTo(1);
    return typed.out();
  }
}
