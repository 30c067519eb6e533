package dev.hookferry.http.svix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.EventTypes;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.event.Envelope;
import dev.hookferry.http.HttpServer;
import dev.hookferry.http.Served;
import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.Guards;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendRate;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of applications and event types in Svix' API. */
class SvixApplicationsTest {
  private static final String APPS = "/api/v1/app";
  private static final String TYPES = "/api/v1/event-type";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void anApplicationIsASiteThatWorksAsSvixDoes() {
    JsonNode made =
        served.post(APPS, "{\"name\":\"Acme\",\"uid\":\"acme-1\",\"throttleRate\":50}").json();
    assertThat(made.path("id").asText()).matches("app_[0-9a-z]{27}");
    Site site = served.webhooks.sites().get(new SiteId(made.path("id").asText()));
    assertThat(served.webhooks.sites().find("acme-1")).contains(site);
    assertThat(site.profile().name()).isEqualTo("Acme");
    SiteSettings settings = site.settings();
    assertThat(settings.envelope().style()).isEqualTo(Envelope.Style.RAW);
    assertThat(settings.limits().rate()).isEqualTo(SendRate.perSecond(50));
    assertThat(settings.catalog().open()).isTrue();
    assertThat(settings.retry().schedule())
        .hasSize(7)
        .startsWith(Duration.ofSeconds(5), Duration.ofMinutes(5));
  }

  @Test
  void aChangeOfOtherSettingsKeepsTheSchedule() {
    String id = served.post(APPS, "{\"name\":\"Acme\"}").json().path("id").asText();
    String settings = "/api/v1/sites/" + id + "/settings";
    assertThat(served.send("PATCH", settings, "{\"attemptTimeout\":\"9s\"}").status())
        .isEqualTo(200);
    SiteId site = new SiteId(id);
    assertThat(served.webhooks.settings().get(site).retry().schedule()).hasSize(7);
    var unused = served.send("PATCH", settings, "{\"webHookMaxRetries\":1}");
    assertThat(served.webhooks.settings().get(site).retry().schedule()).isEmpty();
  }

  @Test
  void changesOfDifferentFieldsAtTheSameTimeAreBothKept() {
    String app = APPS + "/" + served.post(APPS, "{\"name\":\"a\"}").json().path("id").asText();
    for (int i = 0; i < 20; i++) {
      List<String> changes =
          List.of("{\"name\":\"n" + i + "\"}", "{\"metadata\":{\"i\":\"m" + i + "\"}}");
      assertThat(
              changes.parallelStream()
                  .map(change -> served.send("PATCH", app, change).status())
                  .distinct())
          .containsExactly(200);
      assertThat(served.get(app).body()).contains("\"n" + i + "\"", "\"m" + i + "\"");
    }
  }

  @Test
  void aSiteOfOtherOriginIsAnApplicationToo() {
    assertThat(served.get(APPS + "/default").json().path("name").asText()).isEqualTo("default");
    assertThat(served.post(APPS, "{\"name\":\"x\",\"uid\":\"default\"}").status()).isEqualTo(409);
  }

  @Test
  void pagesGoBothWays() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(served.post(APPS, "{\"name\":\"a\"}").json().path("id").asText());
      served.clock.advance(Duration.ofMillis(1));
    }
    ids.add("default");
    JsonNode first = served.get(APPS + "?limit=2").json();
    assertThat(first.findValuesAsText("id")).isEqualTo(ids.subList(0, 2));
    assertThat(first.path("done").asBoolean()).isFalse();
    JsonNode second =
        served.get(APPS + "?limit=2&iterator=" + first.path("iterator").asText()).json();
    assertThat(second.findValuesAsText("id")).isEqualTo(ids.subList(2, 4));
    JsonNode back =
        served.get(APPS + "?limit=2&iterator=" + second.path("prevIterator").asText()).json();
    assertThat(back.findValuesAsText("id")).isEqualTo(ids.subList(0, 2));
    assertThat(back.path("done").asBoolean()).isTrue();
    assertThat(served.get(APPS + "?order=descending").json().at("/data/0/id").asText())
        .isEqualTo("default");
    JsonNode none = served.get(APPS + "?limit=0").json();
    assertThat(none.path("data")).isEmpty();
    assertThat(none.path("iterator").isNull()).isTrue();
    assertThat(none.has("prevIterator")).isFalse();
    assertThat(served.get(APPS + "?limit=251").status()).isEqualTo(422);
    assertThat(served.get(APPS + "?limit=abc").status()).isEqualTo(400);
    assertThat(served.get(APPS + "?nobody=knows&this").status()).isEqualTo(200);
  }

  @Test
  void aRepeatGetsTheFirstReplyWhateverItSays() {
    Served.Answer first = repeat(APPS, "{\"name\":\"one\"}", "key-1");
    Served.Answer again = repeat(APPS, "{\"name\":\"two\"}", "key-1");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(repeat(APPS, "{}", "key-2").status()).isEqualTo(422);
    assertThat(repeat(APPS, "{\"name\":\"two\"}", "key-2").status()).isEqualTo(201);
    served.clock.advance(Duration.ofHours(12).plusSeconds(1));
    Served.Answer later = repeat(APPS, "{\"name\":\"three\"}", "key-1");
    assertThat(later.json().path("id")).isNotEqualTo(first.json().path("id"));
  }

  @Test
  void aLongReplyIsRepeatedToo() {
    String type =
        "{\"name\":\"a.b\",\"description\":\"x\",\"schemas\":{\"1\":{\"title\":\""
            + "x".repeat(10_000)
            + "\"}}}";
    Served.Answer first = repeat("/api/v1/event-type", type, "key-1");
    assertThat(first.status()).isEqualTo(201);
    assertThat(repeat("/api/v1/event-type", type, "key-1").body()).isEqualTo(first.body());
  }

  /** The other server has the same store, and remembers no replies. */
  @Test
  void aRepeatThroughAnotherServerCreatesNothing() throws Exception {
    String app = repeat(APPS, "{\"name\":\"one\"}", "key-1").json().path("id").asText();
    String endpoints = APPS + "/" + app + "/endpoint";
    String url = "{\"url\":\"" + Served.URL + "\"}";
    String endpoint = repeat(endpoints, url, "key-1").json().path("id").asText();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServerOptions options = HttpServerOptions.on(any);
    Guards guards = new Guards(served.webhooks, options, served.clock, new Metrics());
    Duration timeout = Duration.ofSeconds(5);
    List<ApiRoute> routes = SvixRoutes.all(served.webhooks, timeout, served.clock, new Random(1));
    try (HttpServer other = HttpServer.start(guards, routes, options)) {
      String host = "http://127.0.0.1:" + other.address().getPort();
      assertThat(repeatAt(host + APPS, "{\"name\":\"two\"}")).contains(app, "\"name\":\"one\"");
      assertThat(repeatAt(host + endpoints, url)).contains(endpoint);
    }
    assertThat(served.get(APPS).json().path("data")).hasSize(2);
    assertThat(served.get(endpoints).json().path("data")).hasSize(1);
  }

  private String repeatAt(String url, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + served.admin)
            .header("Idempotency-Key", "key-1")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(201);
    return response.body();
  }

  private Served.Answer repeat(String path, String body, String key) {
    return served.send("POST", path, body, r -> r.setHeader("Idempotency-Key", key));
  }

  @Test
  void putCreatesAndReplaces() {
    assertThat(served.send("PUT", APPS + "/new", "{\"name\":\"N\",\"uid\":\"new\"}").status())
        .isEqualTo(201);
    Served.Answer replaced = served.send("PUT", APPS + "/new", "{\"name\":\"M\"}");
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json().has("uid")).isFalse();
    assertThat(served.get(APPS + "/new").status()).isEqualTo(404);
  }

  @Test
  void aSchemaIsEnforcedAndAnArchivedTypeRevived() {
    String schema = "{\"1\":{\"type\":\"object\",\"required\":[\"id\"]}}";
    String type = "{\"name\":\"a.b\",\"description\":\"x\",\"schemas\":%s}".formatted(schema);
    JsonNode made = served.post(TYPES, type).json();
    var unused = served.post(APPS, "{\"name\":\"A\",\"uid\":\"a\"}");
    String message = "{\"eventType\":\"a.b\",\"payload\":%s}";
    Served.Answer refused = served.post(APPS + "/a/msg", message.formatted("{}"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/detail/0/loc/1").asText()).startsWith("payload");
    assertThat(served.post(APPS + "/a/msg", message.formatted("{\"id\":1}")).status())
        .isEqualTo(202);

    assertThat(served.send("DELETE", TYPES + "/a.b", null).status()).isEqualTo(204);
    assertThat(served.get(TYPES).json().path("data")).isEmpty();
    Served.Answer endpoint =
        served.post(
            APPS + "/a/endpoint", "{\"url\":\"" + Served.URL + "\",\"filterTypes\":[\"a.b\"]}");
    assertThat(endpoint.status()).isEqualTo(422);
    served.clock.advance(Duration.ofSeconds(9));
    JsonNode revived = served.post(TYPES, type).json();
    assertThat(revived.path("archived").asBoolean()).isFalse();
    assertThat(revived.path("createdAt")).isEqualTo(made.path("createdAt"));
    assertThat(revived.path("updatedAt")).isNotEqualTo(made.path("updatedAt"));
    assertThat(served.send("DELETE", TYPES + "/a.b?expunge=true", null).status()).isEqualTo(204);
    assertThat(served.get(TYPES + "/a.b").status()).isEqualTo(404);
  }

  /** It was set in the server's own API, and the request does not speak of schemas. */
  @Test
  void aPolicySurvivesAChangeOfTheDescription() {
    EventType type = new EventType("a.b");
    EventTypes types = served.webhooks.eventTypes();
    types.put(
        SiteId.DEFAULT,
        type,
        EventTypeSpec.of("x").schema("{\"required\":[\"id\"]}").policy(SchemaPolicy.WARN));
    EventTypeDefinition before = types.get(SiteId.DEFAULT, type);

    assertThat(served.send("PATCH", TYPES + "/a.b", "{\"description\":\"y\"}").status())
        .isEqualTo(200);

    EventTypeDefinition after = types.get(SiteId.DEFAULT, type);
    assertThat(after.description()).isEqualTo("y");
    assertThat(after.policy()).isEqualTo(SchemaPolicy.WARN);
    assertThat(after.versions()).isEqualTo(before.versions());
  }

  @Test
  void aSchemaOfAnotherDraftIsKeptAndNotEnforced() {
    String schema =
        "{\"1\":{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"required\":[\"id\"]}}";
    String type = "{\"name\":\"a.b\",\"description\":\"x\",\"schemas\":%s}".formatted(schema);
    assertThat(served.post(TYPES, type).json().path("schemas").toString()).isEqualTo(schema);
    var unused = served.post(APPS, "{\"name\":\"A\",\"uid\":\"a\"}");
    assertThat(served.post(APPS + "/a/msg", "{\"eventType\":\"a.b\",\"payload\":{}}").status())
        .isEqualTo(202);
  }
}
