package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.contract.support.Certificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A day in the life of a server: good requests and bad ones, deliveries that succeed and fail. */
final class DayOfWork {
  private static final String OPENING = "Bearer ";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ServerFixture fixture;
  private final Marker marker;
  private final EchoReceiver echo;
  private final Tenant tenant;

  DayOfWork(ServerFixture fixture, Marker marker, EchoReceiver echo) {
    this.fixture = fixture;
    this.marker = marker;
    this.echo = echo;
    tenant = fixture.tenant();
    JsonNode unused = tenant.changeSettings("{'webHookMaxRetries': 1}");
    marker.secret(ServerFixture.KEY);
    marker.secret(ServerFixture.MASTER_KEY.reveal());
    marker.secret(EchoProxy.PASSWORD);
    marker.secret(EchoProxy.USER + ":" + EchoProxy.PASSWORD);
  }

  void run() {
    String good = configure("/good");
    String bad = configure("/fails");
    credentials();
    badRequests(good);
    leaveBy(good);
    deliver(good, bad);
    http("POST", "/api/v1/master-keys/rotate", null);
    lookAround(good, bad);
  }

  private String shared(String path, String text) {
    echo.learn(path, text);
    return marker.secret(text);
  }

  /** An endpoint with a secret of every kind. */
  private String configure(String path) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("url", echo.url(path)).putArray("eventTypes").add("*");
    body.put("qlmSecret", shared(path, "qlm/s3cr3t+" + path));
    String token = shared(path, "t0ken/s3cr3t+==" + path);
    if (path.equals("/good")) {
      body.putObject("auth").putObject("bearer").put("token", token);
    } else {
      body.putObject("headers").put("Authorization", OPENING + token);
    }
    body.withObject("/headers").put("X-Team", shared(path, "te&am \"s3cr3t\" <" + path + ">"));
    body.putArray("secretHeaders").add("X-Team");
    JsonNode made = json(http("POST", site("/endpoints"), body.toString(), false));
    shared(path, made.path("secret").asText());
    String settings = "{\"webHookSecretKey\":\"" + shared(path, "site s3cr3t/key ü") + "\"}";
    marker.output("settings", http("PATCH", site("/settings"), settings).body());
    return made.path("id").asText();
  }

  /** Endpoints with the other kinds of credentials. */
  private void credentials() {
    endpoint(
        "/basic",
        "'signatures':['github','ed25519'],'secret':'%s','auth':{'basic':{'username':'u','password':'%s'}}",
        shared("/basic", "an-own/s3cr3t for github"),
        shared("/basic", "p4ssw0rd/s3cr3t"));
    echo.learn("/oauth", marker.secret("acc3ss-t0ken/s3cr3t"));
    endpoint(
        "/oauth",
        "'auth':{'oauth2':{'tokenUrl':'"
            + echo.url("/token")
            + "','clientId':'c','clientSecret':'%s'}}",
        shared("/oauth", "cl1ent-s3cr3t/+"));
    for (String line : Certificate.OTHER.keyPem().lines().toList()) {
      if (!line.startsWith("-")) {
        marker.secret(line);
      }
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("enabled", false);
    body.put("url", "https://127.0.0.1/").putArray("eventTypes").add("*");
    body.putObject("clientCertificate")
        .put("certificate", Certificate.OTHER.pem())
        .put("privateKey", Certificate.OTHER.keyPem());
    String made =
        json(http("POST", site("/endpoints"), body.toString(), false)).path("id").asText();
    http("GET", site("/endpoints/" + made), null);
    http("POST", site("/endpoints/" + made + "/test"), null);
  }

  private void endpoint(String path, String fields, String... secrets) {
    String body = "{'url':'" + echo.url(path) + "','eventTypes':['*']," + fields + "}";
    String text = String.format(Locale.ROOT, body.replace('\'', '"'), (Object[]) secrets);
    String id = json(http("POST", site("/endpoints"), text, false)).path("id").asText();
    http("GET", site("/endpoints/" + id), null);
    http("POST", site("/endpoints/" + id + "/test"), null);
  }

  /** Each has a secret where it does not belong; the answers must not say it back. */
  private void badRequests(String id) {
    String token = marker.secret("l0st-t0ken-in-a-bad-request");
    String endpoint = site("/endpoints/" + id);
    for (String body :
        List.of(
            "{\"headers\":{\"Authorization\":\"" + token + "\\u0000\"}}",
            "{\"headers\":{\"Authorization\":{\"a\":\"" + token + "\"}}}",
            "{\"headers\":{\"Cookie\":\"" + token + "\"}}",
            "{\"qlmSecret\":\"" + token.repeat(20) + "\"}",
            "{\"qlmSecret\":[\"" + token + "\"]}",
            "{\"headers\":\"" + token + "\"}",
            "{\"auth\":{\"bearer\":\"" + token + "\"}}",
            "{\"auth\":{\"bearer\":{\"token\":\"" + token + " \"}}}",
            "{\"auth\":{\"basic\":{\"username\":\":\",\"password\":\"" + token + "\"}}}",
            "{\"clientCertificate\":{\"certificate\":\"x\",\"privateKey\":\"" + token + "\"}}",
            "{\"trustedCa\":\"" + token + "\"}",
            client("clientSecret", token, "basic"),
            client("privateKey", token, "private_key_jwt"),
            "{\"qlmSecret\":\"" + token + "\",}",
            "{\"qlmSecret\":\"" + token)) {
      http("PATCH", endpoint, body);
    }
    http("PATCH", site("/settings"), "{\"webHookSecretKey\":\"" + token.repeat(20) + "\"}");
    http("PATCH", site("/settings"), "{\"webHookSecretKey\":{\"a\":\"" + token + "\"}}");
    http("PUT", site("/server-properties"), "{\"webHookSecretKey\":[\"" + token + "\"]}");
    request("GET", "/api/v1/keys", null, token);
    request("GET", "/api/v1/keys", null, token + " " + token);
    JsonNode key =
        json(http("POST", "/api/v1/keys", "{\"name\":\"n\",\"scopes\":[\"read\"]}", false));
    String made = marker.secret(key.path("key").asText());
    request("DELETE", "/api/v1/keys/" + key.path("id").asText(), null, made);
    request("GET", site("/events"), null, made);
  }

  /** A client of an authorization server at an address that is not allowed. */
  private static String client(String field, String secret, String style) {
    return "{\"auth\":{\"oauth2\":{\"tokenUrl\":\"http://10.0.0.1/\",\"clientId\":\"c\",\""
        + field
        + "\":\""
        + secret
        + "\",\"style\":\""
        + style
        + "\"}}}";
  }

  /** The proxy of this egress says back its credentials. */
  private void leaveBy(String id) {
    String endpoint = site("/endpoints/" + id);
    http("PATCH", endpoint, "{\"egress\":\"drill\"}");
    assertThat(http("POST", endpoint + "/test", null).body()).contains("proxy_failed");
    http("PATCH", endpoint, "{\"egress\":null}");
  }

  private void deliver(String good, String bad) {
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.awaitDeliveries("delivered", 3);
    tenant.awaitDeliveries("exhausted", 1);
    String delivery = tenant.deliveries("exhausted").get(0).path("id").asText();
    http("POST", site("/deliveries/" + delivery + "/retry"), null);
    for (String id : List.of(good, bad)) {
      http("POST", site("/endpoints/" + id + "/test"), null);
    }
    JsonNode rotated =
        json(http("POST", site("/endpoints/" + good + "/rotate-secret"), "{}", false));
    shared("/good", rotated.path("secret").asText());
    http("POST", site("/endpoints/" + good + "/test"), null);
    String replay =
        "{\"since\":\"2020-01-01T00:00:00Z\","
            + "\"statuses\":[\"delivered\",\"exhausted\",\"cancelled\"]}";
    http("POST", site("/replays"), replay);
    http("DELETE", site("/endpoints/" + bad), null);
  }

  private void lookAround(String good, String bad) {
    for (String path :
        List.of(
            "/endpoints",
            "/endpoints/" + good,
            "/endpoints/" + bad,
            "/settings",
            "/server-properties",
            "/events",
            "/deliveries")) {
      http("GET", site(path), null);
    }
    marker.output("attempts", http("GET", site("/attempts?limit=500"), null).body());
    for (String path :
        List.of(
            "/",
            "/openapi.json",
            "/healthz",
            "/readyz",
            "/metrics",
            "/api/v1/keys",
            "/api/v1/sites",
            "/api/v1/system",
            "/api/v1/master-keys")) {
      http("GET", path, null);
    }
  }

  private String site(String path) {
    return "/api/v1" + tenant.path().text().replaceAll("/$", "") + path;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return Tenant.json(answer.body());
  }

  private HttpResponse<String> http(String method, String path, @Nullable String body) {
    return http(method, path, body, true);
  }

  /** Responses that show a new secret once are left out. */
  private HttpResponse<String> http(
      String method, String path, @Nullable String body, boolean watched) {
    HttpResponse<String> answer = request(method, path, body, ServerFixture.KEY);
    if (watched) {
      watch(method + " " + path, answer);
    }
    return answer;
  }

  private void watch(String name, HttpResponse<String> answer) {
    marker.output(name, answer.headers() + answer.body());
  }

  private HttpResponse<String> request(
      String method, String path, @Nullable String body, String key) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(fixture.server().address() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", OPENING + key)
            .header("Content-Type", "application/json")
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (!key.equals(ServerFixture.KEY)) {
        watch(method + " " + path + " with another key", answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
