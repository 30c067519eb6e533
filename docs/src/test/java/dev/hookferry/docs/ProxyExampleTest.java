package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations of the page on deployment work as they stand, but for names and TLS. */
class ProxyExampleTest {
  private static final String FORGED = "203.0.113.9";

  @TempDir Path folder;

  @Test
  void nginxPassesLargeBatchesAndTheAddressOfTheClient() throws Exception {
    try (ManualServer server = ManualServer.behindProxy(folder)) {
      int port = freePort();
      String site =
          local(ManualPage.blocks("deploy.md", "nginx").get(0), server)
              .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
              .replaceAll("(?m)^ *ssl_certificate.*$", "");
      String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
      String temporary =
          "client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s;"
              .concat(" uwsgi_temp_path %1$s; scgi_temp_path %1$s;")
              .formatted(folder.resolve("temporary"));
      Path file = folder.resolve("nginx.conf");
      Files.writeString(
          file,
          "%sdaemon off;\npid %s;\nevents {}\nhttp {\naccess_log off;\n%s\n%s\n}\n"
              .formatted(user, folder.resolve("nginx.pid"), temporary, site));
      checkThrough(
          port, "nginx", List.of("-e", "stderr", "-p", folder.toString(), "-c", file.toString()));
    }
  }

  @Test
  void caddyPassesLargeBatchesAndTheAddressOfTheClient() throws Exception {
    try (ManualServer server = ManualServer.behindProxy(folder)) {
      int port = freePort();
      Path file = folder.resolve("Caddyfile");
      Files.writeString(
          file,
          "{\nadmin off\n}\n"
              + local(ManualPage.blocks("deploy.md", "caddy").get(0), server)
                  .replace("hooks.example.com {", "http://127.0.0.1:" + port + " {"));
      checkThrough(
          port, "caddy", List.of("run", "--adapter", "caddyfile", "--config", file.toString()));
    }
  }

  @Test
  void theConfigurationOfTheServiceIsValid() throws IOException {
    Path file = folder.resolve("hookferry.yaml");
    Files.writeString(file, ManualPage.blocks("deploy.md", "yaml").get(0));
    Map<String, String> secrets = Map.of("HOOKFERRY_STORE_PASSWORD", "s3cr3t");
    ConfigSources sources = new ConfigSources(folder, file, secrets, Map.of());
    assertThatCode(() -> ServerConfigReader.read(sources)).doesNotThrowAnyException();
  }

  private void checkThrough(int port, String program, List<String> options) throws Exception {
    Optional<Path> found = find(program);
    boolean isRequired =
        Arrays.asList(System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "").split(","))
            .contains("proxies");
    assumeTrue(isRequired || found.isPresent(), "skipped: no " + program + " on this machine");
    List<String> command = new ArrayList<>(List.of(found.orElseThrow().toString()));
    command.addAll(options);
    Path log = folder.resolve(program + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", folder.toString());
    Process proxy = builder.redirectOutput(log.toFile()).start();
    try {
      Poll.until(
          () -> {
            assertThat(proxy.isAlive()).as(JavaBlock.read(log)).isTrue();
            return isOpen(port);
          });
      String api = "http://127.0.0.1:" + port + "/api/v1";
      assertThat(post(api + "/sites", "{\"id\":\"acme\"}")).as(JavaBlock.read(log)).isEqualTo(201);
      String large = "\"x\":\"" + "y".repeat(900_000) + "\"";
      String event = "{\"type\":\"license_created\",\"data\":{" + large + "}}";
      assertThat(
              post(
                  api + "/sites/acme/events/batch",
                  "[" + String.join(",", event, event, event) + "]"))
          .isEqualTo(202);
      assertThat(get(api + "/audit"))
          .contains("site.created", "\"address\":\"127.0.0.1\"")
          .doesNotContain(FORGED);
    } finally {
      proxy.descendants().forEach(ProcessHandle::destroy);
      proxy.destroy();
      proxy.waitFor();
    }
  }

  private static String local(String block, ManualServer server) {
    return block.replace("127.0.0.1:8087", URI.create(server.address()).getAuthority());
  }

  private static Optional<Path> find(String program) {
    return Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(":"))
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int post(String url, String body) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)))
        .statusCode();
  }

  private static String get(String url) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url))).body();
  }

  /** As a client does that wants to be taken for another one. */
  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            request
                .header("Authorization", "Bearer " + ManualServer.KEY)
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", FORGED)
                .build(),
            BodyHandlers.ofString());
  }

  private static boolean isOpen(int port) {
    try (Socket unused = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
