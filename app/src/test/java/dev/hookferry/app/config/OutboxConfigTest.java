package dev.hookferry.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.app.config.reading.ConfigException;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.config.reading.ServerConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutboxConfigTest {
  private static final String TWO_HOSTS = "jdbc:postgresql://a,b/shop";

  @TempDir Path folder;

  private LoadedConfig read(String yaml) throws IOException {
    Files.writeString(folder.resolve("hookferry.yaml"), yaml);
    return ServerConfigReader.read(new ConfigSources(folder, null, Map.of(), Map.of()));
  }

  private static List<OutboxConfig> ofVariable(String text) {
    Map<String, String> environment = Map.of("HOOKFERRY_OUTBOXES", text);
    return ServerConfigReader.read(
            new ConfigSources(Path.of("no-such"), null, environment, Map.of()))
        .config()
        .outboxes();
  }

  @Test
  void objectsInTheFileHaveAllFields() throws IOException {
    LoadedConfig loaded =
        read(
            """
            outboxes:
              - {name: shop, url: "jdbc:postgresql://a,b/shop?x=1;y", user: me, password: "p;w=%&", poll: 200ms, listen: true}
              - {url: "jdbc:mariadb://db/billing", table: app.events_out}
            """);
    List<OutboxConfig> all = loaded.config().outboxes();
    assertThat(all).extracting(OutboxConfig::name).containsExactly("shop", "outbox-2");
    OutboxConfig shop = all.get(0);
    assertThat(shop.url()).isEqualTo("jdbc:postgresql://a,b/shop?x=1;y");
    assertThat(shop.user()).isEqualTo("me");
    assertThat(Objects.requireNonNull(shop.password()).text()).isEqualTo("p;w=%&");
    assertThat(shop.poll()).isEqualTo(Duration.ofMillis(200));
    assertThat(shop.listen()).isTrue();
    assertThat(all.get(1).listen()).isFalse();
    assertThat(all.get(1).table()).isEqualTo("app.events_out");
    assertThat(all.get(1).poll()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void urlsAreEnoughAndMayHaveCommas() throws IOException {
    assertThat(ofVariable(TWO_HOSTS + ",jdbc:h2:tcp://c/x"))
        .extracting(OutboxConfig::url)
        .containsExactly(TWO_HOSTS, "jdbc:h2:tcp://c/x");
    assertThat(read("outboxes: \"" + TWO_HOSTS + "\"\n").config().outboxes())
        .extracting(OutboxConfig::name)
        .containsExactly("outbox");
    assertThat(ofVariable("")).isEmpty();
  }

  @Test
  void passwordsAreNeverShown() throws IOException {
    LoadedConfig loaded =
        read("outboxes:\n  - {url: \"jdbc:postgresql://db/shop\", user: me, password: hush}\n");
    assertThat(loaded.effective().toString() + loaded.config()).doesNotContain("hush");
    assertThat(OutboxConfig.text(Map.of("password", "hush", "url", "jdbc:x:y"))).contains("hush");
  }

  @Test
  void errorsNameTheField() {
    assertProblem("- {url: \"jdbc:postgresql://db/x\", tabel: y}", "tabel; did you mean table?");
    assertProblem("- {name: shop}", "shop: url must be a JDBC URL");
    assertProblem("- {url: \"jdbc:h2:x\", poll: 1ms}", "outbox: poll must be from 50 ms");
    assertProblem("- {url: \"jdbc:h2:x\", poll: soon}", "poll must be a duration such as 200ms");
    assertProblem("- {url: \"jdbc:h2:x\", listen: true}", "listen works with PostgreSQL only");
    assertProblem("- {url: \"jdbc:postgresql:x\", listen: 1}", "listen must be true or false");
    assertProblem("- {url: \"jdbc:h2:x\", table: \"a b\"}", "outbox: table must be 1 to 54");
    assertProblem(
        "- {name: a, url: \"jdbc:h2:x\"}\n  - {name: a, url: \"jdbc:h2:y\"}", "unique names");
    assertProblem("- nonsense", "must be JDBC URLs, or in the file objects");
  }

  private void assertProblem(String items, String problem) {
    assertThatThrownBy(() -> read("outboxes:\n  " + items + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("outboxes")
        .hasMessageContaining(problem);
  }
}
