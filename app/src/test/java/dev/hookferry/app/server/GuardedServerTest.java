package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.app.wiring.Server;
import dev.hookferry.contract.support.Certificate;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protection of a server against the outside, end to end: keys, TLS, rates, the audit log. */
final class GuardedServerTest {
  @TempDir private Path folder;

  private Server start(Map<String, String> more) {
    Map<String, List<String>> flags = new HashMap<>();
    flags.put("--store", List.of("file:" + folder.resolve("store")));
    flags.put("--port", List.of("0"));
    more.forEach((name, value) -> flags.put(name, List.of(value)));
    return Server.start(
        ServerConfigReader.read(new ConfigSources(folder, null, Map.of(), flags)).config());
  }

  private static CommandResult typed(Server server, String key, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--server", server.address().toString(), "--key", key));
    return CommandResult.run(words.toArray(String[]::new));
  }

  private CommandResult doctor(Server server, Map<String, String> more) {
    List<String> words = new ArrayList<>(List.of("doctor", "--allow-public=false"));
    words.addAll(List.of("--store", "file:" + folder.resolve("store")));
    words.addAll(List.of("--port", Integer.toString(server.address().getPort())));
    more.forEach((name, value) -> words.addAll(List.of(name, value)));
    return CommandResult.run(words.toArray(String[]::new));
  }

  @Test
  void theFirstStartMakesOneAdminKeyAndTheNextOnesNone() {
    String first;
    try (Server server = start(Map.of())) {
      first = server.firstKey().orElseThrow();
      assertThat(first).matches("hf_[0-9A-Za-z]{22}_[0-9A-Za-z]{6}");
      assertThat(server.hookferry().webhooks().keys().authenticate(first).orElseThrow().scopes())
          .hasToString("[ADMIN]");
    }
    try (Server server = start(Map.of())) {
      assertThat(server.firstKey()).isEmpty();
      assertThat(typed(server, first, "keys", "list").out()).contains("first", "admin");
      assertThat(server.hookferry().webhooks().audit().list(AuditQuery.ALL).data())
          .extracting(entry -> entry.action().code() + " by " + entry.actor().name())
          .containsExactly("key.created by hookferry", "site.created by hookferry");
    }
    assertThat(folder.resolve("store/config.changes"))
        .content()
        .doesNotContain(first)
        .contains("\"sha256\"");
  }

  @Test
  void commandsTalkToAServerBehindTls() throws IOException {
    Path certificate = Files.writeString(folder.resolve("a.crt"), Certificate.GOOD.pem());
    Path key = Files.writeString(folder.resolve("a.key"), Certificate.GOOD.keyPem());
    Path authority = Files.writeString(folder.resolve("ca.pem"), Certificate.GOOD.authorityPem());
    Path other = Files.writeString(folder.resolve("other.pem"), Certificate.OTHER.authorityPem());
    Map<String, String> tls = Map.of("--tls-cert", certificate + "", "--tls-key", key + "");
    try (Server server = start(tls)) {
      String admin = server.firstKey().orElseThrow();
      assertThat(server.address()).hasScheme("https");
      assertThat(typed(server, admin, "sites", "list", "--ca", authority + "").out())
          .contains("default");
      assertThat(doctor(server, tls).out())
          .contains("127.0.0.1:" + server.address().getPort() + " is in use by the running server");
      CommandResult untrusted = typed(server, admin, "sites", "list");
      assertThat(untrusted.code()).isEqualTo(6);
      assertThat(untrusted.err()).contains("was not issued by a trusted authority", "--ca");
      assertThat(typed(server, admin, "sites", "list", "--ca", other + "").code()).isEqualTo(6);
      assertThat(typed(server, admin, "sites", "list", "--ca", key + "").err())
          .contains("--ca", "certificates");
    }
    Files.writeString(key, Certificate.OTHER.keyPem());
    assertThatThrownBy(() -> start(tls))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("the key does not belong to the certificate");
  }

  @Test
  void theAuditLogIsShownAndFiltered() {
    try (Server server = start(Map.of())) {
      String admin = server.firstKey().orElseThrow();
      assertThat(typed(server, admin, "sites", "add", "acme").code()).isZero();
      assertThat(typed(server, admin, "settings", "change", "webHookMaxRetries=7").code()).isZero();
      assertThat(typed(server, admin, "audit", "--limit", "1").out())
          .contains("site.changed", "default", "first", "127.0.0.1", "webHookMaxRetries: 5 → 7")
          .doesNotContain("acme");
      assertThat(typed(server, admin, "audit", "--site", "acme", "--json").out())
          .contains("\"site.created\"")
          .doesNotContain("site.changed");
      assertThat(typed(server, admin, "audit", "--since", "2h", "--target", "nothing").out())
          .contains("no matching entries");
      assertThat(typed(server, admin, "audit", "--key-id", "x").code()).isEqualTo(2);
    }
  }
}
