package dev.hookferry.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.app.config.reading.ConfigException;
import dev.hookferry.app.config.reading.ConfigKey;
import dev.hookferry.app.config.reading.ConfigKeys;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.contract.support.Certificate;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.transport.Egresses;
import dev.hookferry.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EgressFormTest {
  @TempDir Path folder;

  private LoadedConfig read(String yaml) throws IOException {
    Files.writeString(folder.resolve("hookferry.yaml"), yaml);
    return ServerConfigReader.read(new ConfigSources(folder, null, Map.of(), Map.of()));
  }

  private static Egresses of(LoadedConfig loaded) {
    try (Transport transport = new HttpTransport(loaded.config().outbound().options())) {
      return transport.egresses();
    }
  }

  @Test
  void objectsInTheFileHaveAllFields() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "p;%25 ss\n");
    Path authority = Files.writeString(folder.resolve("ca.pem"), Certificate.GOOD.authorityPem());
    LoadedConfig loaded =
        read(
            """
            outbound:
              defaultEgress: fixed
              egresses:
                - {proxy: ["http://a:3128", "https://[::1]:3129"], name: main, user: me, passwordFile: %s, trustedCa: %s}
                - {name: tunnel, proxy: "socks5://10.0.0.9:1080", user: me, password: "s3cret;%%,name=x"}
                - {name: fixed, sourceAddress: "2001:db8::7"}
                - {name: straight, direct: true}
            """
                .formatted(password, authority));
    Egresses all = of(loaded);
    assertThat(all.standard()).isEqualTo("fixed");
    assertThat(all.names()).containsExactly("main", "tunnel", "fixed", "straight");
    assertThat(all.all().get(0).via()).containsExactly("http://a:3128", "https://[::1]:3129");
    assertThat(all.all().get(1).via()).containsExactly("socks5://10.0.0.9:1080");
    assertThat(all.all().get(2).via()).containsExactly("2001:db8:0:0:0:0:0:7");
    assertThat(all.all().get(3).via()).isEmpty();
  }

  @Test
  void variablesAndFlagsWriteThemAsText() {
    Map<String, String> environment =
        Map.of(
            "HOOKFERRY_OUTBOUND_EGRESSES",
            "name=a;proxy=http://p:1,http://q:2;user=u;password=s3cret%3B%25, name=b;direct=true");
    Map<String, List<String>> flags = Map.of("--default-egress", List.of("b"));
    LoadedConfig loaded =
        ServerConfigReader.read(new ConfigSources(folder, null, environment, flags));
    assertThat(of(loaded).names()).containsExactly("a", "b");
    assertThat(of(loaded).standard()).isEqualTo("b");
    assertThat(loaded.config().outbound().toString()).doesNotContain("s3cret");
    ConfigKey<?> key =
        ConfigKeys.ALL.stream()
            .filter(one -> one.name().equals("outbound.egresses"))
            .findFirst()
            .orElseThrow();
    assertThat(loaded.effective().shown(key))
        .isEqualTo(
            "name=a;proxy=http://p:1,http://q:2;user=u;password=********, name=b;direct=true");
    List<String> given = List.of("name=a;proxy=http://p:1", "name=c;sourceAddress=127.0.0.9");
    LoadedConfig replaced =
        ServerConfigReader.read(
            new ConfigSources(folder, null, environment, Map.of("--egress", given)));
    assertThat(of(replaced).names()).containsExactly("a", "c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- {name: a} | a:  must have exactly one of proxy, sourceAddress and direct",
        "- {name: a, direct: true, proxy: x} | must have exactly one of",
        "- {name: a, direct: yes} | a: direct must be true, or left out",
        "- {name: a, prxy: x} | has the unknown field prxy; did you mean proxy?",
        "- {name: a b, direct: true} | a b: name must be a string that matches",
        "- {direct: true} | egress: name must be a string that matches",
        "- {name: a, proxy: 's3cret@x'} | a: proxy must be the URL of a proxy",
        "- {name: a, proxy: 'http://u:s3cret@p:1'} | a: proxy must not contain a user name",
        "- {name: a, proxy: ['http://p:1', 'http://p:2', 'http://p:3']} | must be one or two URLs",
        "- {name: a, sourceAddress: localhost} | a: sourceAddress must be an IP address",
        "- {name: a, proxy: 'http://p:1', user: u} | a: password is missing",
        "- {name: a, proxy: 'http://p:1', password: s3cret} | a: user is missing",
        "- {name: a, direct: true, user: u, password: s3cret} | a: user needs a proxy",
        "- {name: a, proxy: 'http://p:1', user: u, passwordFile: nowhere} | (got nowhere)",
        "- {name: a, proxy: 'http://p:1', trustedCa: nowhere} | (got nowhere)",
        "'- {name: a, direct: true}\n    - {name: a, direct: true}' | there are two egresses named a",
        "- just a text | must be egresses such as name=eu",
        "'- {name: a, direct: true}\n  defaultEgress: b' | must be the name of one of outbound.egresses: a",
      })
  void mistakesAreNamedWithoutSecrets(String yaml, String problem) {
    assertThatThrownBy(() -> read("outbound:\n  egresses:\n    " + yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("s3cret");
  }
}
