package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.route.Call;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A portal with an address of its own, so that the API and the console need not be reachable. */
class PortalListenerTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static Served served(UnaryOperator<HttpServerOptions> options) {
    Served served = new Served(options, store -> store);
    Answer on =
        served.send("PATCH", Served.DEFAULT + "/settings", "{\"portal\":{\"enabled\":true}}");
    assertThat(on.status()).as(on.body()).isEqualTo(200);
    return served;
  }

  private static String link(Served served) {
    Answer made = served.post(Served.DEFAULT + "/portal-links", "{\"subject\":\"c-17\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.json().path("url").asText();
  }

  private static int atPortal(Served served, String path) {
    String place = "http://127.0.0.1:" + served.server.portalAddress().getPort();
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(place + path)).build();
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void ownAddressServesOnlyThePortal() {
    try (Served served = served(options -> options.withPortalOn(ANY))) {
      assertThat(served.server.portalAddress()).isNotEqualTo(served.server.address());
      String link = link(served);
      assertThat(link)
          .startsWith("http://127.0.0.1:" + served.server.portalAddress().getPort() + "/portal/");

      for (String path :
          new String[] {"/", "/api/v1/sites", "/openapi.json", "/metrics", "/api/v1/system"}) {
        assertThat(atPortal(served, path)).as(path).isEqualTo(404);
      }
      assertThat(atPortal(served, "/healthz")).isEqualTo(200);
      assertThat(atPortal(served, "/api/v1/portal/endpoints")).isEqualTo(401);
      assertThat(atPortal(served, URI.create(link).getPath())).isEqualTo(303);
    }
  }

  @Test
  void apiAddressDoesNotServeThePortalThen() {
    try (Served served = served(options -> options.withPortalOn(ANY))) {
      String path = URI.create(link(served)).getPath();
      assertThat(served.get(path).status()).isEqualTo(404);
      assertThat(served.get("/portal/").status()).isEqualTo(404);
      assertThat(served.get("/api/v1/portal/endpoints").status()).isEqualTo(404);
      assertThat(atPortal(served, path)).as("the code is not used up").isEqualTo(303);
    }
  }

  @Test
  void linksBeginWithTheConfiguredOrigin() {
    URI origin = URI.create("https://hooks.example.com/");
    try (Served served = served(o -> o.withPortalOn(ANY).withPortalUrl(origin))) {
      assertThat(link(served)).startsWith("https://hooks.example.com/portal/");
    }
    try (Served served = served(o -> o.withPortalUrl(origin))) {
      assertThat(link(served)).startsWith("https://hooks.example.com/portal/");
      assertThat(served.server.portalAddress()).isEqualTo(served.server.address());
    }
  }

  /** A link over plain HTTP would send its code in the clear. */
  @Test
  void linksBeginWithHttpsBehindAProxy() {
    try (Served served = served(HttpServerOptions::withProxyInFront)) {
      assertThat(link(served)).startsWith("https://127.0.0.1:");
    }
    assertThat(Call.origin(true, "http", "a.example")).isEqualTo("http://a.example");
    assertThat(Call.origin(false, "https", "a.example")).isEqualTo("https://a.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hooks.example.com",
        "ftp://hooks.example.com",
        "https://hooks.example.com/portal",
        "https://ada@hooks.example.com",
        "https://hooks.example.com?x=1",
        "https:///x"
      })
  void anOriginIsASchemeAndAHost(String text) {
    assertThatThrownBy(() -> HttpServerOptions.on(ANY).withPortalUrl(URI.create(text)))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("portalUrl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/portal/", "/portal/deliveries?event=x", "/api/v1/portal/endpoints"})
  void repliesWaitForAWholeStep(String path) {
    Duration step = Duration.ofMillis(250);
    try (Served served = served(options -> options.withPortalReplyStep(step))) {
      long began = System.nanoTime();
      assertThat(served.get(path).status()).isEqualTo(401);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(step);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT1.001S"})
  void aStepHasLimits(String step) {
    assertThatThrownBy(() -> HttpServerOptions.on(ANY).withPortalReplyStep(Duration.parse(step)))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("portalReplyStep");
  }

  @Test
  void occupiedPortLeavesNothingOpen() {
    try (Served other = served(options -> options)) {
      InetSocketAddress taken = other.server.address();
      assertThatThrownBy(() -> new Served(options -> options.withPortalOn(taken), store -> store))
          .hasMessageContaining("cannot listen on");
    }
  }
}
