package dev.hookferry.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.app.config.reading.ConfigException;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.config.reading.ServerConfigReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables that Kubernetes sets for services, beside typing mistakes. */
final class ServiceLinksTest {
  @ParameterizedTest
  @CsvSource({
    "HOOKFERRY_PORT, tcp://10.96.14.2:8087",
    "HOOKFERRY_SERVICE_HOST, 10.96.14.2",
    "HOOKFERRY_SERVICE_PORT, 8087",
    "HOOKFERRY_SERVICE_PORT_HTTP, 8087",
    "HOOKFERRY_PORT_8080_TCP, tcp://10.96.14.2:8080",
    "HOOKFERRY_PORT_8080_TCP_ADDR, 10.96.14.2",
    "HOOKFERRY_PORT_8080_TCP_PORT, 8080",
    "HOOKFERRY_PORT_8080_TCP_PROTO, tcp",
    "HOOKFERRY_PORT_53_UDP_ADDR, 10.96.14.2",
    "HOOKFERRY_POSTGRES_SERVICE_HOST, 10.96.14.3",
    "HOOKFERRY_POSTGRES_PORT, tcp://10.96.14.3:5432",
    "HOOKFERRY_POSTGRES_PORT_5432_TCP, tcp://[fd00::7]:5432",
    "HOOKFERRY_STORE_SERVICE_PORT_PG_1, 5432",
  })
  void aServiceLinkIsIgnored(String name, String value) {
    LoadedConfig loaded = read(name, value);
    assertThat(loaded.ignored()).containsExactly(name);
    assertThat(loaded.config()).isEqualTo(read("PATH", "/bin").config());
  }

  @ParameterizedTest
  @CsvSource({
    "HOOKFERRY_PORT, tcp",
    "HOOKFERRY_PORT, http://10.96.14.2:8087",
    "HOOKFERRY_PORTS, tcp://10.96.14.2:8087",
    "HOOKFERRY_BIND_PORT, 8087",
    "HOOKFERRY_PORT_8080, 8080",
    "HOOKFERRY_SERVICE, 10.96.14.2",
    "HOOKFERRY_STOER, memory",
  })
  void aMistakeIsStillRefused(String name, String value) {
    assertThatThrownBy(() -> read(name, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("variable " + name);
  }

  @Test
  void aPortIsStillAPort() {
    LoadedConfig loaded = read("HOOKFERRY_PORT", "8088");
    assertThat(loaded.ignored()).isEmpty();
    assertThat(loaded.config().listen().port()).isEqualTo(8088);
  }

  private static LoadedConfig read(String name, String value) {
    Path nowhere = Path.of("no-such-directory");
    return ServerConfigReader.read(new ConfigSources(nowhere, null, Map.of(name, value), Map.of()));
  }
}
