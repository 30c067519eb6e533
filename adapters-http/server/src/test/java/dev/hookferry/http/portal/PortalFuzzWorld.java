package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.LogQueryRecorder;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.http.console.portal.PortalPages;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.id.SiteId;
import dev.hookferry.portal.Portal;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.Store;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two customers who share a site, or have one each, and a session of the first. */
final class PortalFuzzWorld implements AutoCloseable {
  /** It is in every text of the second customer. */
  static final String MARK = "zqxforeign";

  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  /** For some seconds after a change of the search fields, this is the store's current time. */
  private static final Pattern NOT_INDEXED_BEFORE =
      Pattern.compile("\"notIndexedBefore\":\"[^\"]+\"");

  private static final String EVERYTHING =
      ",\"can\":[\"test\",\"retry\",\"manage\",\"remove\",\"secrets\",\"payload\"]";

  /** The way in which customers are kept apart. */
  enum Division {
    LABEL,
    SITE
  }

  /**
   * A request of the first customer's session.
   *
   * @param path with its query
   * @param body JSON or a form; null for none
   */
  record Request(String method, String path, @Nullable String body) {
    boolean isPage() {
      return path.startsWith("/portal");
    }

    Request with(UnaryOperator<String> change) {
      return new Request(method, change.apply(path), body == null ? null : change.apply(body));
    }

    String text() {
      return method + " " + path + " " + body;
    }
  }

  /** All that a customer has. */
  record Holdings(List<String> endpoints, List<String> deliveries, List<String> events) {
    List<String> all() {
      return Stream.of(endpoints, deliveries, events).flatMap(List::stream).toList();
    }

    /** Returns some of each kind. */
    List<String> some() {
      return Stream.of(endpoints, deliveries, events)
          .flatMap(one -> one.stream().limit(4))
          .toList();
    }
  }

  final LogQueryRecorder queries = new LogQueryRecorder();
  final Served served;
  final SiteId theirSite;
  final Holdings mine;
  final String token;
  final String cookie;
  private final Division division;
  private final String csrf;

  PortalFuzzWorld(Division division, UnaryOperator<Store> store) {
    this.division = division;
    served = new Served(options -> options, memory -> queries.around(store.apply(memory)));
    theirSite = division == Division.LABEL ? SiteId.DEFAULT : new SiteId("s-" + MARK);
    open(SiteId.DEFAULT);
    mine = fill(SiteId.DEFAULT, "mine", 3);
    token = token();
    cookie = served.get(link()).header("Set-Cookie").split(";", -1)[0];
    Matcher found = CSRF.matcher(send(page("/portal/endpoints/new")).body());
    assertThat(found.find()).isTrue();
    csrf = found.group(1);
  }

  private void open(SiteId site) {
    String settings =
        "{\"portal\":{\"enabled\":true},\"webHookMaxRetries\":0,\"openCatalog\":true,"
            + "\"searchFields\":[\"name\",\"shared\"]}";
    Answer set = served.send("PATCH", "/api/v1/sites/" + site.value() + "/settings", settings);
    assertThat(set.status()).as(set.body()).isEqualTo(200);
  }

  /** Adds the second customer, who has more of everything. */
  Holdings addTheOther() {
    if (division == Division.SITE) {
      served.post("/api/v1/sites", "{\"id\":\"" + theirSite.value() + "\"}");
      open(theirSite);
      String type = "{\"description\":\"" + MARK + "\",\"example\":{\"a\":\"" + MARK + "\"}}";
      Answer made =
          served.send(
              "PUT", "/api/v1/sites/" + theirSite.value() + "/event-types/" + MARK + ".made", type);
      assertThat(made.status()).as(made.body()).isLessThan(300);
    }
    // More failures than a page holds.
    return fill(theirSite, MARK, 55);
  }

  /** Gives a customer three endpoints, and events that arrive, fail and are held. */
  private Holdings fill(SiteId site, String name, int events) {
    List<String> endpoints =
        Stream.of("good", "bad", "paused").map(kind -> endpoint(site, name, kind)).toList();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      String type = i == 0 ? name + ".own" : "license_created";
      NewEvent event =
          NewEvent.of(type, "{\"name\":\"" + name + "\",\"shared\":\"same\"}")
              .id(name + "-" + i)
              .labels(Map.of("customer", name));
      var unused = served.webhooks.publish(site, event).join();
      ids.add(name + "-" + i);
    }
    Poll.until(() -> isSettled(site, 3 * events, endpoints));
    List<String> deliveries =
        deliveries(site).stream()
            .filter(one -> endpoints.contains(one.endpoint().toString()))
            .map(one -> one.id().toString())
            .toList();
    return new Holdings(endpoints, deliveries, List.copyOf(ids));
  }

  /** Adds an endpoint, and returns its id. */
  private String endpoint(SiteId site, String name, String kind) {
    String url = "https://" + name + ".example/" + kind;
    Response response =
        new Response(
            kind.equals("bad") ? 400 : 200, Payload.of("response of " + name), false, null, null);
    served.transport.responding(url, n -> Outcome.responded(response, Duration.ofMillis(1)));
    EndpointSpec asked =
        EndpointSpec.to(url)
            .types("*")
            .description("description of " + name)
            .header("X-Name", name)
            .uid(name + "-" + kind)
            .metadata("name", name)
            .filter("{\"name\":\"" + name + "\"}")
            .labels(Map.of("customer", name))
            .enabled(!kind.equals("paused"));
    return served.webhooks.endpoints().create(site, asked).endpoint().id().toString();
  }

  private boolean isSettled(SiteId site, int count, List<String> endpoints) {
    List<Delivery> all =
        deliveries(site).stream()
            .filter(one -> endpoints.contains(one.endpoint().toString()))
            .toList();
    return all.size() == count
        && all.stream().allMatch(one -> one.state().isFinal() || one.state() == DeliveryState.HELD);
  }

  List<Delivery> deliveries(SiteId site) {
    return served
        .webhooks
        .deliveries()
        .list(DeliveryQuery.ofSite(site).limit(PageRequest.MAX_LIMIT))
        .data();
  }

  private String link() {
    String labels = division == Division.LABEL ? ",\"labels\":{\"customer\":\"mine\"}" : "";
    Answer made =
        served.post(PortalScene.LINKS, "{\"subject\":\"mine\"" + labels + EVERYTHING + "}");
    return URI.create(made.json().path("url").asText()).getPath();
  }

  private String token() {
    String path = link();
    String code = path.substring(path.lastIndexOf('/') + 1);
    Answer opened = served.post("/api/v1/portal/session", "{\"code\":\"" + code + "\"}");
    return opened.json().path("token").asText();
  }

  /** Returns every route of the portal for programs but the one that begins a session. */
  List<ApiRoute> calls() {
    Portal portal = served.portal();
    return PortalRoutes.all(
            new PortalCalls(served.webhooks, portal), new ReplyTiming(Duration.ZERO))
        .stream()
        .filter(route -> !route.template().endsWith("/session"))
        .toList();
  }

  /** Returns method and path of every page and form. */
  List<String> pages() {
    HttpServerOptions options = HttpServerOptions.on(new InetSocketAddress(0));
    return new PortalPages(served.hookferry, served.portal(), options, null, served.clock).paths();
  }

  static Request page(String path) {
    return new Request("GET", path, null);
  }

  Answer send(Request request) {
    if (!request.isPage()) {
      return served.send(
          request.method(),
          request.path(),
          request.body(),
          r -> r.setHeader("Authorization", "Bearer " + token));
    }
    String form = "csrf=" + csrf + (request.body() == null ? "" : "&" + request.body());
    boolean isGet = request.method().equals("GET");
    return served.exchange(
        served
            .request(request.path())
            .method(
                request.method(), isGet ? BodyPublishers.noBody() : BodyPublishers.ofString(form))
            .setHeader("Cookie", cookie)
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .build());
  }

  /** Returns all that a client sees of a response but the masks of tokens, which are random. */
  static String seen(Answer answer) {
    String headers =
        answer.response().headers().map().entrySet().stream()
            .filter(header -> !header.getKey().matches("(?i)date|connection|content-length|.*-id"))
            .toList()
            .toString();
    String body = CSRF.matcher(answer.body()).replaceAll("csrf");
    return answer.status()
        + " "
        + headers
        + " "
        + NOT_INDEXED_BEFORE.matcher(body).replaceAll("notIndexedBefore");
  }

  @Override
  public void close() {
    served.close();
  }
}
