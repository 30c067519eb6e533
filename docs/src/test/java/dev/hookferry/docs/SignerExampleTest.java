package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hookferry.Hookferry;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Payload;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signer.Signer;
import dev.hookferry.signer.Signers;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.store.Store;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signer of the page on key management services, in a program and in a server. */
class SignerExampleTest {
  private static final String ADMIN_KEY = "an-admin-key-of-more-than-32-characters";
  private static final String TOKEN = "hvs.s3cr3t";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final Map<String, Ed25519Key> keys = new ConcurrentHashMap<>();

  /** For each request to the receiver, whether it verifies by a public key. */
  private final List<Function<String, Boolean>> signed = new CopyOnWriteArrayList<>();

  private HttpServer vault;
  private URI engine;

  /** Starts a server that responds to three calls as Vault does. */
  @BeforeEach
  void startVault() throws IOException {
    vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    vault.createContext("/v1/transit/", this::respond);
    vault.createContext("/hook", this::receive);
    vault.start();
    engine = URI.create("http://127.0.0.1:" + vault.getAddress().getPort() + "/v1/transit/");
  }

  private void receive(HttpExchange exchange) throws IOException {
    Payload body = Payload.wrap(exchange.getRequestBody().readAllBytes());
    var headers = exchange.getRequestHeaders();
    String before =
        headers.getFirst("webhook-id") + '.' + headers.getFirst("webhook-timestamp") + '.';
    String signature = headers.getFirst("webhook-signature");
    signed.add(key -> Ed25519Key.verifies(key, signature, before, body));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  @AfterEach
  void stopVault() {
    vault.stop(0);
  }

  private void respond(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String name = path[4];
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    String reply = "{}";
    int status = 200;
    if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
      status = 403;
    } else if (path[3].equals("sign")) {
      byte[] input = Base64.getDecoder().decode(body.path("input").asText());
      String signature = Base64.getEncoder().encodeToString(keys.get(name).sign(input));
      reply = "{\"data\":{\"key_version\":1,\"signature\":\"vault:v1:" + signature + "\"}}";
    } else if (exchange.getRequestMethod().equals("POST")) {
      assertThat(body.path("type").asText()).isEqualTo("ed25519");
      keys.put(name, Ed25519Key.generate(new SecureRandom()));
    } else {
      byte[] key = Ed25519Key.publicBytes(keys.get(name).publicKey());
      String text = Base64.getEncoder().encodeToString(key);
      reply = "{\"data\":{\"keys\":{\"1\":{\"public_key\":\"" + text + "\"}}}}";
    }
    byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private Class<?> compiled() {
    return JavaBlock.of("VaultSigner").compile(folder);
  }

  @Test
  void aProgramSignsWithIt() throws Exception {
    Class<?> type = compiled();
    String token = TOKEN;
    ScriptedTransport requests = new ScriptedTransport();
    Transport transport = requests;
    Store store = new MemoryStore();
    SecretCipher cipher = Secrets.inTheClear();
    try (Hookferry hookferry = new Program(type).build(store, transport, cipher, token).start()) {
      EndpointSpec asked =
          EndpointSpec.to("https://crm.example/hook")
              .types("*")
              .signatures(SignatureProfile.ED25519);
      var made = hookferry.webhooks().endpoints().create(SiteId.DEFAULT, asked);
      var attempt =
          hookferry.webhooks().endpoints().test(SiteId.DEFAULT, made.endpoint().id()).join();
      assertThat(attempt.outcome().isSuccess()).isTrue();
    }
    assertThat(keys).hasSize(1);
    assertThat(requests.requestsTo("https://crm.example/hook")).hasSize(1);
  }

  /** The program of the page; the signer is compiled at run time, so its class has no name here. */
  private final class Program {
    private final Class<?> type;

    Program(Class<?> type) {
      this.type = type;
    }

    Hookferry build(Store store, Transport transport, SecretCipher cipher, String token)
        throws ReflectiveOperationException {
      Signer signer = (Signer) type.getConstructors()[0].newInstance(engine, token);
      // tag::builder
      Hookferry hookferry =
          Hookferry.builder(store, transport)
              .secrets(cipher)
              .signers(Signers.of("vault", signer))
              .build();
      // end::builder
      return hookferry;
    }
  }

  @Test
  void aServerFindsItByItsScheme() throws Exception {
    var unused = compiled();
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("dev.hookferry.signer.SignerProvider"),
        "org.example.signer.VaultSigner$Provider\n");
    Process server = serve();
    try (BufferedReader log = server.inputReader(StandardCharsets.UTF_8)) {
      String line = log.readLine();
      while (line != null && !line.contains(" ready ")) {
        line = log.readLine();
      }
      assertThat(line).isNotNull();
      String address = line.replaceFirst(".* address=(\\S+).*", "$1");
      String site = address + "/api/v1/sites/default";
      JsonNode made =
          call(
              site + "/endpoints",
              "{\"url\":\""
                  + engine.resolve("/hook")
                  + "\",\"eventTypes\":[\"*\"],\"signatures\":[\"ed25519\"]}");
      call(site + "/endpoints/" + made.path("id").asText() + "/test", "{}");
      JsonNode published = call(address + "/.well-known/hookferry/default/jwks.json", null);
      JsonNode listed = call(site + "/signing-keys", null);
      assertThat(listed.at("/data/0/signer").asText()).isEqualTo("vault");
      assertThat(published.at("/keys/0/kid")).isEqualTo(listed.at("/data/0/kid"));
      assertThat(keys.values())
          .extracting(Ed25519Key::publicKey)
          .containsExactly(listed.at("/data/0/publicKey").asText());
      assertThat(signed)
          .singleElement()
          .satisfies(
              verifies ->
                  assertThat(verifies.apply(listed.at("/data/0/publicKey").asText())).isTrue());
    } finally {
      server.destroy();
      assertThat(server.waitFor(5, TimeUnit.MINUTES)).isTrue();
    }
  }

  private Process serve() throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-cp",
                folder + System.getProperty("path.separator") + JavaBlock.classPath(),
                "dev.hookferry.app.Main",
                "serve",
                "--port",
                "0",
                "--store",
                "memory",
                "--allow-network",
                "127.0.0.0/8",
                "--allow-http",
                "--signer",
                "vault:" + engine)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    command.environment().keySet().removeIf(name -> name.startsWith("HOOKFERRY_"));
    command.environment().put("HOOKFERRY_ADMIN_KEY", ADMIN_KEY);
    command.environment().put("VAULT_TOKEN", TOKEN);
    return command.start();
  }

  private static JsonNode call(String url, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + ADMIN_KEY);
    if (body != null) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> reply =
        HttpClient.newHttpClient()
            .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    assertThat(reply.statusCode()).as(reply.body()).isLessThan(300);
    return JSON.readTree(reply.body());
  }
}
