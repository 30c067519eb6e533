package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.Party;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.SettingsByName;
import dev.hookferry.transport.SignedRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** URLs of customers, and endpoints that they may not change. */
class PortalGuardTest {
  private static final String EVERYTHING =
      ",\"can\":[\"test\",\"retry\",\"manage\",\"remove\",\"secrets\",\"payload\"]";
  private static final String INSIDE = "10.9.8.7";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;
  private final Endpoint mine = scene.mine;

  @AfterEach
  void close() {
    scene.close();
  }

  private Answer call(String token, String method, String path, String body) {
    return scene.call(token, method, path, body);
  }

  private Ownership ownership(String id) {
    return served.webhooks.endpoints().all(SiteId.DEFAULT).stream()
        .filter(endpoint -> endpoint.id().toString().equals(id))
        .findFirst()
        .orElseThrow()
        .ownership();
  }

  @Test
  void anUrlOfThePortalIsTheCustomers() {
    String token = scene.token(EVERYTHING);
    String id = mine.id().toString();
    String url = "https://new.example/hook";
    String add = "{\"url\":\"" + url + "\",\"eventTypes\":[\"license_*\"]}";
    Answer made = call(token, "POST", "/endpoints", add);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.body()).doesNotContain("urlFrom");
    String path = "/endpoints/" + made.json().path("id").asText();
    assertThat(call(token, "POST", path + "/test", "{}").status()).isEqualTo(200);
    assertThat(served.transport.requestsTo(url)).singleElement().matches(SignedRequest::strict);

    String same = "{\"url\":\"" + PortalScene.MINE + "\",\"description\":\"x\"}";
    assertThat(call(token, "PATCH", "/endpoints/" + id, same).status()).isEqualTo(200);
    assertThat(ownership(id)).as("the operator's URL again").isEqualTo(Ownership.DEFAULT);
    String other = "{\"url\":\"https://other.example/\"}";
    assertThat(call(token, "PATCH", "/endpoints/" + id, other).status()).isEqualTo(200);
    assertThat(ownership(id).urlFrom()).isEqualTo(Party.CUSTOMER);
    String operators = Served.DEFAULT + "/endpoints/" + id;
    assertThat(served.get(operators).body()).contains("\"urlFrom\":\"customer\"");
    assertThat(served.send("PATCH", operators, "{\"url\":\"https://third.example/\"}").body())
        .contains("\"urlFrom\":\"operator\"");
  }

  @Test
  void credentialsThatACustomerCannotReadStayOnTheirHost() {
    String token = scene.token(EVERYTHING);
    String path = "/endpoints/" + mine.id();
    String secret = "{\"headers\":{\"X-Token\":\"of the operator\",\"X-Team\":\"blue\"}}";
    assertThat(served.send("PATCH", Served.DEFAULT + path, secret).status()).isEqualTo(200);

    String elsewhere = "\"url\":\"https://other.example/\"";
    String masked = "\"headers\":{\"x-token\":\"" + SettingsByName.MASK + "\"}";
    String template = "\"url\":\"https://other.example/{tenant}\"";
    for (String body :
        List.of(
            "{" + elsewhere + "}", "{" + template + "}", "{" + elsewhere + "," + masked + "}")) {
      Answer refused = call(token, "PATCH", path, body);
      assertThat(refused.status()).as(refused.body()).isEqualTo(409);
      assertThat(refused.body()).contains("while the header X-Token keeps its secret value");
    }
    String sameHost = URI.create(PortalScene.MINE).resolve("/elsewhere").toString();
    assertThat(call(token, "PATCH", path, "{\"url\":\"" + sameHost + "\"}").status())
        .isEqualTo(200);
    String anew = "{" + elsewhere + ",\"headers\":{\"X-Token\":\"my own\"}}";
    assertThat(call(token, "PATCH", path, anew).status()).isEqualTo(200);

    String auth = "{\"auth\":{\"bearer\":{\"token\":\"of-the-operator\"}}}";
    assertThat(served.send("PATCH", Served.DEFAULT + path, auth).status()).isEqualTo(200);
    Answer refused =
        call(token, "PATCH", path, "{\"url\":\"https://third.example/\",\"headers\":{}}");
    assertThat(refused.status()).as(refused.body()).isEqualTo(409);
    assertThat(refused.body()).contains("requests carry credentials of your provider");
    assertThat(served.get(Served.DEFAULT + path).json().path("url").asText())
        .isEqualTo("https://other.example/");
  }

  @Test
  void customersSetNeitherOfTheTwo() {
    String token = scene.token(EVERYTHING);
    for (String field : List.of("urlFrom", "managedBy")) {
      Answer refused =
          call(token, "PATCH", "/endpoints/" + mine.id(), "{\"" + field + "\":\"operator\"}");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains(field);
    }
  }

  /** Customers learn neither an address nor a name of the operator's parts. */
  @ParameterizedTest
  @EnumSource(OutcomeKind.class)
  void noFailureTellsOfTheInside(OutcomeKind kind) {
    if (kind == OutcomeKind.DELIVERED || kind == OutcomeKind.HTTP_ERROR) {
      return;
    }
    String inside = "no connection to " + INSIDE + " port 80";
    boolean isReceivers =
        List.of(
                OutcomeKind.TIMEOUT,
                OutcomeKind.CONNECTION_CLOSED,
                OutcomeKind.DNS_ERROR,
                OutcomeKind.TLS_ERROR,
                OutcomeKind.PROTOCOL_ERROR,
                OutcomeKind.NOT_ROUTABLE)
            .contains(kind);
    String detail = isReceivers ? "of the receiver" : inside;
    served.transport.responding(
        PortalScene.MINE, n -> Outcome.failed(kind, detail, Duration.ofMillis(1)));
    String token = scene.token(EVERYTHING);
    Answer tested = call(token, "POST", "/endpoints/" + mine.id() + "/test", "{}");
    assertThat(tested.body()).doesNotContain(INSIDE);
    assertThat(tested.status()).as(tested.body()).isEqualTo(kind.countsAsAttempt() ? 200 : 503);
    assertThat(tested.json().path(kind.countsAsAttempt() ? "error" : "detail").asText())
        .isNotEmpty();
    assertThat(call(token, "GET", "/endpoints/" + mine.id(), null).body()).doesNotContain(INSIDE);
    if (kind.countsAsAttempt()) {
      Answer operators = served.get(Served.DEFAULT + "/attempts");
      assertThat(operators.json().path("data").path(0).path("error").asText()).isEqualTo(detail);
    }
  }

  private Endpoint managed() {
    EndpointSpec asked =
        EndpointSpec.to("https://managed.example/")
            .types("*")
            .labels(Map.of("customer", "c-1"))
            .ownership(new Ownership(Party.OPERATOR, Party.OPERATOR));
    return served.webhooks.endpoints().create(SiteId.DEFAULT, asked).endpoint();
  }

  @Test
  void anEndpointOfTheOperatorsIsShownAndNotChanged() {
    Endpoint managed = managed();
    String token = scene.token(EVERYTHING);
    String path = "/endpoints/" + managed.id();
    assertThat(call(token, "GET", path, null).body()).contains("\"managedBy\":\"operator\"");
    List<Answer> refused =
        List.of(
            call(token, "PATCH", path, "{\"description\":\"x\"}"),
            call(token, "DELETE", path, null),
            call(token, "POST", path + "/pause", "{}"),
            call(token, "POST", path + "/resume", "{}"),
            call(token, "POST", path + "/rotate-secret", "{}"));
    assertThat(refused)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(403);
              assertThat(answer.body()).contains("managed for you and cannot be changed here");
            });
    assertThat(call(token, "POST", path + "/test", "{}").status()).isEqualTo(200);
    assertThat(served.webhooks.endpoints().get(SiteId.DEFAULT, managed.id())).isEqualTo(managed);
  }

  @Test
  void thePagesOfAnEndpointOfTheOperatorsHaveNoWayToChangeIt() {
    Endpoint managed = managed();
    String cookie = scene.cookie(EVERYTHING);
    String page = scene.page(cookie, "/portal/endpoints/" + managed.id()).body();
    assertThat(page)
        .contains("managed for you and cannot be changed here", "Send test")
        .doesNotContain("/edit", "/pause", "/rotate", "/remove");
    assertThat(scene.page(cookie, "/portal/endpoints/" + mine.id()).body())
        .contains("/edit", "/pause", "/rotate", "/remove");
    for (String act : List.of("/edit", "/remove")) {
      Answer form = scene.page(cookie, "/portal/endpoints/" + managed.id() + act);
      assertThat(form.status()).isEqualTo(403);
      assertThat(form.body()).contains("This endpoint is managed for you");
    }
    for (String act : List.of("/edit", "/remove", "/pause", "/resume", "/rotate")) {
      Answer form = scene.post(cookie, "/portal/endpoints/" + managed.id() + act, "url=x");
      assertThat(form.status()).as(act).isEqualTo(403);
    }
    assertThat(served.webhooks.endpoints().get(SiteId.DEFAULT, managed.id())).isEqualTo(managed);
  }
}
