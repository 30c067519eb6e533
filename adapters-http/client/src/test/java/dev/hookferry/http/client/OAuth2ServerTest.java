package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hookferry.Endpoints;
import dev.hookferry.Hookferry;
import dev.hookferry.auth.AuthSpec;
import dev.hookferry.auth.ClientAuthStyle;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access tokens of an authorization server that is not ours. */
class OAuth2ServerTest {
  private static final SiteId SITE = SiteId.DEFAULT;

  private final MockOAuth2Server tokens =
      new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"httpServer\":\"NettyWrapper\"}"));
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final Hookferry hookferry =
      Hookferry.builder(
              new MemoryStore(InstantSource.system(), Duration.ofHours(1)),
              new HttpTransport(HttpTransportTest.options(TransportSetup.loopback())))
          .secrets(Secrets.inTheClear())
          .build()
          .start();
  private final Endpoints endpoints = hookferry.webhooks().endpoints();
  private HttpServer receiver;

  @BeforeEach
  void start() throws IOException {
    tokens.start();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          received.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void close() {
    hookferry.close();
    receiver.stop(0);
    tokens.shutdown();
  }

  @Test
  void theServerIssuesTokensForEachStyle() throws Exception {
    String url = tokens.tokenEndpointUrl("default").toString();
    AuthSpec secret = AuthSpec.oauth2(url, "hookferry", "s3cret").scope("hooks");
    for (AuthSpec auth :
        List.of(
            secret,
            secret.style(ClientAuthStyle.POST),
            AuthSpec.oauth2WithKey(url, "hookferry", key()).scope("hooks"))) {
      EndpointId id = create(auth);
      Outcome outcome = endpoints.test(SITE, id).join().outcome();
      assertThat(outcome.isSuccess()).as(outcome.detail()).isTrue();
      assertThat(endpoints.test(SITE, id).join().outcome().isSuccess()).isTrue();
    }
    assertThat(received)
        .hasSize(6)
        .allMatch(header -> claims(header).contains("\"iss\":\"" + issuer()));
    assertThat(received.get(0)).isEqualTo(received.get(1)).isNotEqualTo(received.get(2));
  }

  @Test
  void reportsAnUnknownGrantSeparately() {
    EndpointId id = create(AuthSpec.oauth2(tokens.issuerUrl("default") + "/nothing", "a", "b"));
    Outcome outcome = endpoints.test(SITE, id).join().outcome();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.AUTH_FAILED);
    assertThat(outcome.detail()).startsWith("no access token: the token endpoint responded with 4");
    assertThat(received).isEmpty();
  }

  @Test
  void aServerThatHangsEndsWithTheTimeLimitOfTheAttempt() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      AuthSpec auth = AuthSpec.oauth2("http://127.0.0.1:" + silent.getLocalPort() + "/", "a", "b");
      EndpointId id = create(auth);
      endpoints.change(SITE, id, EndpointSpec.change().timeout(Duration.ofSeconds(1)));
      Outcome outcome = endpoints.test(SITE, id).join().outcome();
      assertThat(outcome.kind()).isEqualTo(OutcomeKind.AUTH_FAILED);
      assertThat(outcome.detail()).startsWith("no access token: ");
      assertThat(received).isEmpty();
    }
  }

  private String issuer() {
    return tokens.issuerUrl("default").toString();
  }

  private static String claims(String header) {
    String jwt = header.replace("Bearer ", "");
    return new String(
        Base64.getUrlDecoder().decode(jwt.split("[.]", -1)[1]), StandardCharsets.UTF_8);
  }

  private EndpointId create(AuthSpec auth) {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
    return endpoints.create(SITE, EndpointSpec.to(url).types("*").auth(auth)).endpoint().id();
  }

  private static String key() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder()
            .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }
}
