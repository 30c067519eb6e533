package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A site whose portal is on, with an endpoint of each of two customers. */
final class PortalScene implements AutoCloseable {
  static final String MINE = "https://mine.example/hook";
  static final String THEIRS = "https://theirs.example/hook";
  static final String LINKS = Served.DEFAULT + "/portal-links";

  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final Pattern URL = Pattern.compile("\"url\"\\s*:\\s*\"([^\"]+)\"");

  final Served served;
  final Endpoint mine;
  final Endpoint theirs;

  PortalScene(String settings) {
    this(new Served(), settings);
  }

  PortalScene(Served served, String settings) {
    this.served = served;
    portal(settings);
    mine = endpoint(MINE, "c-1");
    theirs = endpoint(THEIRS, "c-2");
  }

  void portal(String settings) {
    portal(Served.DEFAULT, settings);
  }

  void portal(String site, String settings) {
    String body = "{\"portal\":" + settings + "}";
    assertThat(served.send("PATCH", site + "/settings", body).status()).isEqualTo(200);
  }

  Endpoint endpoint(String url, String customer) {
    EndpointSpec asked =
        EndpointSpec.to(url).types("license_*").labels(Map.of("customer", customer));
    return served.webhooks.endpoints().create(SiteId.DEFAULT, asked).endpoint();
  }

  /**
   * Publishes an event for each customer, and waits for the first attempts.
   *
   * @param data makes the data from the customer's label
   */
  void publish(UnaryOperator<String> data) {
    for (String customer : List.of("c-1", "c-2")) {
      NewEvent event =
          NewEvent.of("license_created", data.apply(customer)).labels(Map.of("customer", customer));
      var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
    }
    Poll.until(() -> all().size() == 2 && all().stream().allMatch(one -> one.attempts() > 0));
  }

  /** Gives up each delivery after its first attempt. */
  void sendOnce() {
    var unused =
        served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(0)));
  }

  /**
   * Publishes events for a customer, and waits until nothing more happens to any delivery.
   *
   * @param customer the customer's label
   */
  void publish(String customer, int count) {
    for (int i = 0; i < count; i++) {
      NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", customer));
      var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
    }
    Poll.until(() -> all().stream().allMatch(PortalScene::rests));
  }

  private static boolean rests(Delivery delivery) {
    return delivery.state().isFinal() || delivery.state() == DeliveryState.HELD;
  }

  List<Delivery> all() {
    return served.webhooks.deliveries().list(DeliveryQuery.ofSite(SiteId.DEFAULT)).data();
  }

  String deliveryTo(Endpoint endpoint) {
    return all().stream()
        .filter(delivery -> delivery.endpoint().equals(endpoint.id()))
        .findFirst()
        .orElseThrow()
        .id()
        .toString();
  }

  /**
   * Returns the path of a new link for the first customer.
   *
   * @param more further fields of the request, each after a comma
   */
  String link(String more) {
    Answer made =
        served.post(
            LINKS,
            "{\"subject\":\"c-1\",\"name\":\"Ada\",\"labels\":{\"customer\":\"c-1\"}" + more + "}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    Matcher url = URL.matcher(made.body());
    assertThat(url.find()).as(made.body()).isTrue();
    return URI.create(url.group(1)).getPath();
  }

  /** Returns the token of a new session. */
  String token(String more) {
    return open(link(more));
  }

  /** Returns the token of a new session of another customer. */
  String tokenOf(String customer) {
    String asked = "{\"subject\":\"%1$s\",\"labels\":{\"customer\":\"%1$s\"}}";
    Answer made = served.post(LINKS, asked.formatted(customer));
    return open(URI.create(made.json().path("url").asText()).getPath());
  }

  private String open(String path) {
    String code = path.substring(path.lastIndexOf('/') + 1);
    Answer opened = served.post("/api/v1/portal/session", "{\"code\":\"" + code + "\"}");
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    return opened.json().path("token").asText();
  }

  /** Publishes an order of each customer, in the standard envelope. */
  void publishOrders() {
    publishOrders(customer -> "{\"order\":{\"id\":\"of-" + customer + "\",\"x\":1}}");
  }

  /** Publishes an event with these data for each customer, in the standard envelope. */
  void publishOrders(UnaryOperator<String> data) {
    var standard =
        served.webhooks.settings().changeByName(SiteId.DEFAULT, Map.of("envelope", "standard"));
    assertThat(standard).containsEntry("envelope", "standard");
    publish(data);
  }

  /** Calls the portal with a session's token. */
  Answer call(String token, String method, String path, @Nullable String body) {
    return served.send(
        method,
        "/api/v1/portal" + path,
        body,
        r -> r.setHeader("Authorization", "Bearer " + token));
  }

  /** Returns the cookie of a new session. */
  String cookie(String more) {
    Answer opened = served.get(link(more));
    assertThat(opened.status()).isEqualTo(303);
    return opened.header("Set-Cookie").split(";", -1)[0];
  }

  Answer page(String cookie, String path) {
    return served.exchange(served.request(path).setHeader("Cookie", cookie).build());
  }

  /** Submits a form of the session. */
  Answer post(String cookie, String path, String form) {
    Matcher csrf = CSRF.matcher(page(cookie, "/portal/endpoints/" + mine.id()).body());
    String body = (csrf.find() ? "csrf=" + csrf.group(1) + "&" : "") + form;
    return served.exchange(
        served
            .request(path)
            .POST(BodyPublishers.ofString(body))
            .setHeader("Cookie", cookie)
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .build());
  }

  /** Submits a form of the session, and returns the page that it leads to. */
  Answer posted(String cookie, String path, String form) {
    Answer answer = post(cookie, path, form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(303);
    return page(cookie, answer.header("Location").replaceFirst("#.*", ""));
  }

  @Override
  public void close() {
    served.close();
  }
}
