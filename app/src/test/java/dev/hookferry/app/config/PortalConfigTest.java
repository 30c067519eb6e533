package dev.hookferry.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.app.config.reading.ConfigException;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalConfigTest {
  @TempDir private Path folder;

  private PortalConfig read(String... flags) {
    Map<String, List<String>> given = new HashMap<>();
    for (int i = 0; i < flags.length; i += 2) {
      given.put(flags[i], List.of(flags[i + 1]));
    }
    return ServerConfigReader.read(new ConfigSources(folder, null, Map.of(), given))
        .config()
        .listen()
        .portal();
  }

  @Test
  void thePortalSharesTheAddressOfTheApiByDefault() {
    assertThat(read()).isEqualTo(new PortalConfig(null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "8088, 127.0.0.1, 8088",
    "127.0.0.2:0, 127.0.0.2, 0",
    "[::1]:8088, 0:0:0:0:0:0:0:1, 8088",
  })
  void itsAddressIsAPortOrAnAddressWithOne(String text, String address, int port) {
    PortalConfig portal =
        read("--portal-listen", text, "--portal-url", "https://hooks.example.com");
    assertThat(portal.listen()).isNotNull();
    assertThat(portal.listen().getAddress().getHostAddress()).isEqualTo(address);
    assertThat(portal.listen().getPort()).isEqualTo(port);
    assertThat(portal.url()).isEqualTo(URI.create("https://hooks.example.com"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "::1:80", "a b:80", "-1"})
  void anotherTextIsRefused(String text) {
    assertThatThrownBy(() -> read("--portal-listen", text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("flag --portal-listen: portal.listen must be a port, or an address")
        .hasMessageContaining(text);
  }

  @Test
  void aPublicAddressNeedsTlsOrAProxy() {
    assertThatThrownBy(() -> read("--portal-listen", "0.0.0.0:8443"))
        .hasMessageContaining("portal.listen is reachable from other machines but TLS is off")
        .hasMessageContaining("--behind-proxy");
    PortalConfig behind = read("--portal-listen", "0.0.0.0:8443", "--behind-proxy", "true");
    assertThat(behind.listen()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hooks.example.com", "https://hooks.example.com/portal", "ftp://x", "a b"})
  void anOriginHasASchemeAndAHostOnly(String text) {
    assertThatThrownBy(() -> read("--portal-url", text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("portal.url must be an origin such as https://hooks.example.com");
  }
}
