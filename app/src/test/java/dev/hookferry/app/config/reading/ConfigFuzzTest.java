package dev.hookferry.app.config.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the configuration file, it is read or refused with its place. */
final class ConfigFuzzTest {
  private static final List<String> CORPUS =
      List.of(
          "port: 1\nbind: localhost\nlogLevel: debug\nattemptTimeout: 3s\n",
          "outbound:\n  allowNetworks: [10.20.0.0/16, \"fd00:12::/32\"]\n  allowPorts: 9200\n",
          "store: file:x\nretention: 30d\nlimits.window: 5\nlimits: {batch: 3}\n",
          "outbound.allowHttp: [crm.lan, 10.20.0.0/16]\nbehindProxy: true\n");
  private static final List<String> PIECES =
      List.of(
          ":",
          " ",
          "\n",
          "  ",
          "- ",
          "[",
          "]",
          "{",
          "}",
          "\"",
          "'",
          "#",
          "&a ",
          "*a",
          "!!int ",
          "|",
          ">",
          "%",
          "\t",
          "---\n",
          "null",
          "~",
          "-1",
          "1e9",
          "99999999999999999999",
          "true",
          "0x1",
          "file:",
          "jdbc:",
          "\u0000",
          "\u2028",
          "?",
          "<<: ",
          "9999999999d",
          "/",
          "33");

  @TempDir private Path folder;

  @Test
  void aFileIsReadOrRefused() {
    Path file = folder.resolve(ConfigSources.FILE);
    Fuzz.tries(
        1_500,
        chance -> {
          byte[] text = Fuzz.mutated(chance, CORPUS, PIECES).getBytes(StandardCharsets.UTF_8);
          Files.write(file, chance.nextInt(5) == 0 ? Fuzz.mutated(chance, text) : text);
          try {
            assertThat(read().config().listen().port()).isBetween(0, 65_535);
          } catch (ConfigException refused) {
            assertThat(refused.getMessage()).contains("hookferry.yaml");
          }
        });
  }

  private LoadedConfig read() {
    return ServerConfigReader.read(new ConfigSources(folder, null, Map.of(), Map.of()));
  }
}
