package dev.hookferry.app.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hookferry.app.config.HttpTargets;
import dev.hookferry.app.config.ListenConfig;
import dev.hookferry.app.config.LogLevel;
import dev.hookferry.app.config.OutboundConfig;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.config.StoreConfig.InMemory;
import dev.hookferry.app.config.StoreTables;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.http.options.TlsFiles;
import dev.hookferry.jdbc.SchemaMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerConfigReaderTest {
  private static final String ALL_WRONG =
      """
      prot: 8087
      attemptTimeout: 31s
      retention: soon
      outbound: {allowNetworks: [10.0.0.1/8], alowHttp: true}
      store:
      logFormat: [a, b]
      attemptTimeout: 1s
      limits.window: {x: 1}
      """;

  @TempDir private Path folder;

  @Test
  void aStrongerSourceWins() throws IOException {
    file("port: 1\nbind: localhost\nlogLevel: debug\nattemptTimeout: 3s\n");
    LoadedConfig loaded =
        read(
            Map.of("HOOKFERRY_PORT", "2", "HOOKFERRY_LOG_LEVEL", "warn"),
            Map.of("--port", List.of("3")));
    assertThat(loaded.config().listen().port()).isEqualTo(3);
    assertThat(loaded.config().log().level()).isEqualTo(LogLevel.WARN);
    assertThat(loaded.config().engine().attemptTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(loaded.effective().origin(ConfigKeys.PORT)).hasToString("flag --port");
    assertThat(loaded.effective().origin(LogKeys.LEVEL))
        .hasToString("variable HOOKFERRY_LOG_LEVEL");
    assertThat(loaded.effective().origin(ConfigKeys.ATTEMPT_TIMEOUT).toString())
        .endsWith("hookferry.yaml line 4");
    assertThat(loaded.effective().origin(ConfigKeys.STORE)).hasToString("default");
  }

  @Test
  void groupsAndDotsInTheFileMeanTheSame() throws IOException {
    file(
        """
        outbound:
          allowNetworks: [10.20.0.0/16, "fd00:12::/32"]
          allowPorts: 9200
        outbound.allowHttp: [crm.lan, 10.20.0.0/16]
        limits: {window: 7}
        """);
    ServerConfig config = read(Map.of(), Map.of()).config();
    assertThat(config.outbound().networks()).hasSize(2);
    assertThat(config.outbound().ports()).containsExactly(9200);
    assertThat(config.outbound().http())
        .isEqualTo(new HttpTargets(false, List.of("crm.lan", "10.20.0.0/16")));
    assertThat(config.engine().limits().window()).isEqualTo(7);
  }

  /** A pool that is smaller than what the engine keeps in flight lets endpoints wait. */
  @ParameterizedTest
  @CsvSource({
    "512, 0, 0, 4000, 4000",
    "1000, 0, 0, 4000, 4000",
    "1001, 0, 0, 4004, 4004",
    "5000, 0, 30, 20000, 30",
    "5000, 300, 0, 300, 300",
    "5000, 300, 30, 300, 30",
  })
  void theConnectionsFollowTheRequestsInFlightUnlessTheyAreSet(
      String inFlight, String most, String mostPerHost, int connections, int perHost) {
    Map<String, List<String>> flags =
        Map.of(
            "--limits-in-flight", List.of(inFlight),
            "--limits-connections", List.of(most),
            "--limits-connections-per-host", List.of(mostPerHost));
    OutboundConfig outbound = read(Map.of(), flags).config().outbound();
    assertThat(outbound.connections()).isEqualTo(connections);
    assertThat(outbound.connectionsPerHost()).isEqualTo(perHost);
  }

  @Test
  void listsOfVariablesHaveCommas() {
    ServerConfig config =
        read(
                Map.of(
                    "HOOKFERRY_OUTBOUND_ALLOW_NETWORKS", "10.0.0.0/8, 192.168.0.0/16",
                    "HOOKFERRY_OUTBOUND_ALLOW_HTTP", "true"),
                Map.of())
            .config();
    assertThat(config.outbound().networks()).hasSize(2);
    assertThat(config.outbound().http().everywhere()).isTrue();
  }

  @Test
  void anElementOfAListMayHaveCommas() throws IOException {
    file("otel:\n  endpoint: http://127.0.0.1:4318\n  headers: [\"x-tags=a,b\"]\n");
    assertThat(read(Map.of(), Map.of()).config().metrics().otel().headers())
        .hasEntrySatisfying("x-tags", value -> assertThat(value.text()).isEqualTo("a,b"));
  }

  @Test
  void allProblemsComeTogetherEachWithItsPlaceAndFix() throws IOException {
    file(ALL_WRONG);
    ConfigException e =
        refused(
            Map.of(
                "HOOKFERRY_PROT", "1",
                "HOOKFERRY_STORE", "jdbc:oracle:x?password=hush",
                "HOOKFERRY_ADMIN_KEY", "short",
                "HOOKFERRY_STORE_USER", "sa"),
            Map.of("--port", List.of("70000"), "--bind", List.of("0.0.0.0")));
    assertThat(e.problems().stream().map(ConfigProblem::toString))
        .anyMatch(
            p -> p.endsWith("hookferry.yaml line 1: prot is not a known key; did you mean port?"))
        .anyMatch(p -> p.contains("line 2: attemptTimeout must be a duration from 100ms to 30s"))
        .anyMatch(p -> p.contains("line 3: retention must be a duration from 1h to 36500d"))
        .anyMatch(p -> p.contains("line 4: outbound.allowNetworks must be a network"))
        .anyMatch(p -> p.contains("line 4: outbound.alowHttp") && p.contains("outbound.allowHttp?"))
        .anyMatch(p -> p.contains("line 5: store must have a value"))
        .anyMatch(p -> p.contains("line 6: logFormat must be text, json or ecs"))
        .anyMatch(p -> p.contains("line 7: attemptTimeout is duplicated") && p.contains("line 2"))
        .anyMatch(p -> p.contains("line 8: limits.window.x"))
        .contains("variable HOOKFERRY_PROT: is not a known variable; did you mean HOOKFERRY_PORT?")
        .anyMatch(p -> p.startsWith("variable HOOKFERRY_STORE: store must be file:DIR, memory"))
        .anyMatch(p -> p.startsWith("variable HOOKFERRY_ADMIN_KEY: adminKey must have at least 32"))
        .anyMatch(p -> p.startsWith("flag --port: port must be a number from 0 to 65535"))
        .anyMatch(p -> p.startsWith("flag --bind: bind is reachable") && p.contains("behindProxy"))
        .hasSize(14);
    assertThat(e.getMessage()).doesNotContain("hush", "short").contains("14 problems");
  }

  @Test
  void variablesOfClientsAndTestsAreNotTheServers() {
    read(
        Map.of(
            "HOOKFERRY_URL", "x",
            "HOOKFERRY_KEY", "x",
            "HOOKFERRY_SITE", "x",
            "HOOKFERRY_TEST_ANY", "x",
            "HOOKFERRYMAN", "x",
            "PATH", "x"),
        Map.of());
  }

  @Test
  void namedFileMustExistAndBeReadable() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    assertThatThrownBy(
            () -> ServerConfigReader.read(new ConfigSources(folder, missing, Map.of(), Map.of())))
        .hasMessageContaining("flag --config: no such file: " + missing);
    assertThat(refused(Map.of("HOOKFERRY_CONFIG", missing.toString()), Map.of()))
        .hasMessageContaining("variable HOOKFERRY_CONFIG: no such file: " + missing);
    file("port: 1\n  bad: [\n");
    assertThat(refused(Map.of(), Map.of()))
        .hasMessageContaining("line 2")
        .hasMessageContaining("YAML");
    file("- a\n- b\n");
    assertThat(refused(Map.of(), Map.of())).hasMessageContaining("must have lines such as port");
    file("port: " + "[".repeat(20_000));
    assertThat(refused(Map.of(), Map.of())).hasMessageContaining("not valid YAML");
    file("port: 1\n---\nport: 2\n");
    assertThat(refused(Map.of(), Map.of())).hasMessageContaining("must be a single YAML document");
    Files.write(
        folder.resolve("hookferry.yaml"), "node: Zoë".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refused(Map.of(), Map.of())).hasMessageContaining("must be UTF-8");
  }

  @Test
  void refusesADirectoryAsAFile() throws IOException {
    Map<String, String> named = Map.of("HOOKFERRY_CONFIG", folder.toString());
    assertThat(refused(named, Map.of()))
        .hasMessageContaining("variable HOOKFERRY_CONFIG: " + folder + " is a directory");
    Files.createDirectory(folder.resolve("hookferry.yaml"));
    assertThat(refused(Map.of(), Map.of())).hasMessageContaining("hookferry.yaml: is a directory");
  }

  @Test
  void valuesThatWouldFailLaterAreRefused() throws IOException {
    assertThat(refused(Map.of("HOOKFERRY_CONFIG", ""), Map.of()))
        .hasMessageContaining("variable HOOKFERRY_CONFIG: is empty");
    assertThat(refused(Map.of("HOOKFERRY_NODE", "a\nb"), Map.of()))
        .hasMessageContaining("node must be a name of at most 200 characters on one line");
    assertThat(refused(Map.of("HOOKFERRY_NODE", "x".repeat(201)), Map.of()))
        .hasMessageContaining("node must be a name of at most 200 characters on one line");
    file("listen: {tls: {cert: \"a\\0b\", key: k}}\n");
    assertThat(refused(Map.of(), Map.of()))
        .hasMessageContaining("line 1: listen.tls.cert must not have the character U+0000");
  }

  /** Jackson returns the name of an alias as the text of the value. */
  @Test
  void refusesAYamlAlias() throws IOException {
    file("node: &name a\nstoreUser: *name\noutbound:\n  allowNetworks: [*name]\n");
    assertThat(refused(Map.of(), Map.of()))
        .hasMessageContaining("line 2: storeUser must have a value")
        .hasMessageContaining("line 4: outbound.allowNetworks must have a value")
        .hasMessageContaining("aliases such as *name are not supported");
  }

  @Test
  void anEmptyFileChangesNothing() throws IOException {
    file("# only a remark\n");
    assertThat(read(Map.of(), Map.of()).config()).isEqualTo(ServerConfigReader.defaults());
  }

  @Test
  void aStoreIsADirectoryMemoryOrADatabase() {
    assertThat(store("file:/var/lib/hookferry"))
        .isEqualTo(new InFiles(Path.of("/var/lib/hookferry")));
    assertThat(store("memory")).isEqualTo(new InMemory());
    assertThat(store("jdbc:h2:file:/x"))
        .isEqualTo(new InDatabase("jdbc:h2:file:/x", null, null, StoreTables.DEFAULT));
    StoreConfig postgres =
        read(
                Map.of(
                    "HOOKFERRY_STORE", "jdbc:postgresql://db/x",
                    "HOOKFERRY_STORE_USER", "hf",
                    "HOOKFERRY_STORE_PASSWORD", "hush"),
                Map.of())
            .config()
            .store();
    assertThat(postgres)
        .isEqualTo(
            new InDatabase(
                "jdbc:postgresql://db/x", "hf", new SecretText("hush"), StoreTables.DEFAULT));
    assertThat(postgres.toString()).doesNotContain("hush");
    assertThat(
            refused(
                Map.of("HOOKFERRY_STORE", "jdbc:h2:file:/x", "HOOKFERRY_STORE_PASSWORD", "p"),
                Map.of()))
        .hasMessageContaining("storePassword requires storeUser");
  }

  @Test
  void aDatabaseCanHaveItsTablesElsewhere() {
    Map<String, String> variables =
        Map.of(
            "HOOKFERRY_STORE", "jdbc:postgresql://db/x",
            "HOOKFERRY_STORE_SCHEMA", "hooks",
            "HOOKFERRY_STORE_TABLE_PREFIX", "shop_",
            "HOOKFERRY_STORE_SCHEMA_MODE", "validate");
    StoreTables tables = new StoreTables("hooks", "shop_", SchemaMode.VALIDATE);

    assertThat(read(variables, Map.of()).config().store())
        .isEqualTo(new InDatabase("jdbc:postgresql://db/x", null, null, tables));
    assertThat(refused(Map.of("HOOKFERRY_STORE_SCHEMA", "My Hooks"), Map.of()))
        .hasMessageContaining("storeSchema must be empty, or 1 to 63 characters");
    assertThat(refused(Map.of("HOOKFERRY_STORE_TABLE_PREFIX", "shop"), Map.of()))
        .hasMessageContaining("storeTablePrefix must be 2 to 30 characters");
    assertThat(refused(Map.of("HOOKFERRY_STORE_SCHEMA", "hooks"), Map.of()))
        .hasMessageContaining("storeSchema applies only to PostgreSQL");
  }

  @Test
  void aDatabaseThatTheStoreRefusesIsNamedWithAllOtherProblems() {
    for (String url : List.of("jdbc:h2:mem:x", "jdbc:h2:file:/x;AUTO_SERVER=TRUE")) {
      ConfigException e = refused(Map.of("HOOKFERRY_STORE", url, "HOOKFERRY_PORT", "x"), Map.of());
      assertThat(e.problems()).extracting(ConfigProblem::key).containsExactly("port", "store");
      assertThat(e).hasMessageContaining("store must name a file that this process opens alone");
    }
    assertThat(refused(Map.of("HOOKFERRY_STORE_USER", "sa"), Map.of()))
        .hasMessageContaining("storeUser applies only to a database; store is not one");
  }

  @Test
  void secretsAreNeverShown() {
    LoadedConfig loaded =
        read(
            Map.of(
                "HOOKFERRY_ADMIN_KEY", "0123456789-0123456789-0123456789",
                "HOOKFERRY_STORE", "jdbc:mariadb://root:hush1@db/x?password=hush2&user=u"),
            Map.of());
    assertThat(loaded.effective().shown(ConfigKeys.ADMIN_KEY)).isEqualTo(SecretText.MASK);
    assertThat(loaded.effective().shown(ConfigKeys.STORE))
        .isEqualTo("jdbc:mariadb://root:********@db/x?password=********&user=u");
    assertThat(loaded.toString() + loaded.config()).doesNotContain("0123456789", "hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/x?user=u&password=hu;sh&ssl=true",
        "jdbc:postgresql://db/x?user=u&password=hu?sh",
        "jdbc:postgresql://db/x?sslpassword=hu@sh",
        "jdbc:h2:file:./x;USER=u;PASSWORD=a hu&sh b",
        "jdbc:mariadb://u:hu@sh@db/x",
        "jdbc:mariadb://u:hu/sh@db/x",
        "postgres://u:hu?sh@db/x?ssl=true",
        "jdbc:oracle:thin:scott/hush@db",
        "jdbc:oracle:thin:scott/hu@hu/sh@//db/x",
        "jdbc:mariadb://db/x?keyStorePassword=hush",
      })
  void passwordsAreMaskedWhateverIsInThem(String store) {
    assertThat(SecretText.masked(store)).doesNotContain("hu", "sh").contains(SecretText.MASK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db:5432/x?user=u@host&ssl=true",
        "jdbc:h2:file:/home/a@b/x;MODE=REGULAR",
        "file:/var/lib/hookferry",
        "2001:db8::/32",
      })
  void valuesOtherThanPasswordsAreShown(String store) {
    assertThat(SecretText.masked(store)).isEqualTo(store);
  }

  @Test
  void aProxyInFrontAllowsAPublicAddress() {
    ListenConfig listen =
        read(Map.of(), Map.of("--bind", List.of("0.0.0.0"), "--behind-proxy", List.of("true")))
            .config()
            .listen();
    assertThat(listen.address().isAnyLocalAddress()).isTrue();
    assertThat(listen.behindProxy()).isTrue();
  }

  @Test
  void aCertificateAllowsAPublicAddress() throws IOException {
    Path cert = Files.writeString(folder.resolve("server.crt"), "x");
    Path key = Files.writeString(folder.resolve("server.key"), "x");
    file("bind: 0.0.0.0\nlisten:\n  tls:\n    cert: " + cert + "\n    key: " + key + "\n");
    ListenConfig listen = read(Map.of(), Map.of()).config().listen();
    assertThat(listen.tls()).isEqualTo(TlsFiles.of(cert, key));
    assertThat(ServerConfigReader.defaults().listen().tls()).isNull();
  }

  @Test
  void aPublicAddressInTheClearIsRefusedWithWhatToDo() {
    for (String address : List.of("0.0.0.0", "::", "192.0.2.1", "169.254.1.1")) {
      assertThat(refused(Map.of(), Map.of("--bind", List.of(address))))
          .hasMessageContaining("flag --bind: bind is reachable from other machines")
          .hasMessageContaining("--tls-cert")
          .hasMessageContaining("--behind-proxy")
          .hasMessageContaining("127.0.0.1");
    }
    for (String address : List.of("127.0.0.1", "127.9.9.9", "::1", "localhost")) {
      ListenConfig listen = read(Map.of(), Map.of("--bind", List.of(address))).config().listen();
      assertThat(listen.address().isLoopbackAddress()).isTrue();
    }
  }

  @Test
  void certificateAndKeyMustBeGivenTogether() {
    assertThat(refused(Map.of(), Map.of("--tls-cert", List.of("nowhere.crt"))))
        .hasMessageContaining("listen.tls.cert must be a file that can be read (got nowhere.crt)")
        .hasMessageContaining("listen.tls.cert requires listen.tls.key as well");
    assertThat(refused(Map.of("HOOKFERRY_LISTEN_TLS_KEY", "nowhere.key"), Map.of()))
        .hasMessageContaining("variable HOOKFERRY_LISTEN_TLS_KEY: listen.tls.key requires");
  }

  private StoreConfig store(String text) {
    return read(Map.of("HOOKFERRY_STORE", text), Map.of()).config().store();
  }

  private void file(String text) throws IOException {
    Files.writeString(folder.resolve("hookferry.yaml"), text);
  }

  private LoadedConfig read(Map<String, String> environment, Map<String, List<String>> flags) {
    return ServerConfigReader.read(new ConfigSources(folder, null, environment, flags));
  }

  private ConfigException refused(
      Map<String, String> environment, Map<String, List<String>> flags) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(environment, flags));
    assertThat(e).isNotNull();
    return e;
  }
}
