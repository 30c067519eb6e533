package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.body.BodyFormat;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.BodyVersion;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.signing.StandardSignature;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.EndpointTrial;
import dev.hookferry.transport.SentRequest;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An endpoint with a body of its own, from registration to the log. */
class EndpointBodyTest {
  private static final SiteId SITE = Embedded.SITE;
  private static final String URL = "https://a.example/";
  private static final NewEvent EVENT =
      NewEvent.of("license_created", "{\"ActivationKey\":\"K-7\", \"Seats\":1.10}");
  private static final String KEY = "{\"key\":{\"$pointer\":\"/data/ActivationKey\"}}";

  private final Embedded embedded = new Embedded();
  private final Endpoints endpoints = embedded.webhooks.endpoints();

  @AfterEach
  void close() {
    embedded.close();
  }

  private EndpointId create(@Nullable BodySettings body) {
    EndpointSpec spec = EndpointSpec.to(URL).types("*");
    return endpoints.create(SITE, body == null ? spec : spec.body(body)).endpoint().id();
  }

  private EventId publish() {
    return embedded.webhooks.publish(SITE, EVENT).join().id();
  }

  private List<Attempt> attempts() {
    return embedded.webhooks.deliveries().attempts(AttemptQuery.ofSite(SITE)).data();
  }

  private static String header(SignedRequest request, String name) {
    return request.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(SignedRequest.Header::value)
        .reduce((a, b) -> a + " twice " + b)
        .orElse("");
  }

  @Test
  void sendsAndSignsTheMappedBodyOnEveryAttempt() {
    Endpoints.Registered made =
        endpoints.create(
            SITE, EndpointSpec.to(URL).types("*").body(BodySettings.of(BodyFormat.CLOUDEVENTS)));
    embedded.transport.responding(URL, n -> ScriptedTransport.status(n < 2 ? 500 : 200));
    EventId id = publish();
    Poll.until(() -> attempts().size() == 1);
    embedded.clock.advance(Duration.ofHours(1));
    embedded.awaitSettled(1);

    List<SignedRequest> requests = embedded.transport.requestsTo(URL);
    assertThat(requests).hasSize(2);
    assertThat(requests.get(0).body()).isEqualTo(requests.get(1).body());
    assertThat(requests.get(0).body().text())
        .startsWith("{\"specversion\":\"1.0\",\"id\":\"" + id + "\"")
        .endsWith(",\"data\":{\"ActivationKey\":\"K-7\", \"Seats\":1.10}}");
    assertThat(header(requests.get(0), "Content-Type")).isEqualTo("application/cloudevents+json");
    for (SignedRequest request : requests) {
      Instant time = Instant.ofEpochSecond(Long.parseLong(header(request, "webhook-timestamp")));
      assertThat(header(request, StandardSignature.HEADER))
          .isEqualTo(
              StandardSignature.of(id, time, request.body(), List.of(made.secret().standard())));
    }
    assertThat(attempts())
        .extracting(Attempt::body)
        .containsOnly(new BodyVersion("cloudevents", 1));
  }

  /** Hook0 signs the content type, too. */
  @Test
  void sentContentTypeIsSigned() {
    Signature hook0 = Signature.parse("hook0");
    Endpoints.Registered made =
        endpoints.create(
            SITE,
            EndpointSpec.to(URL)
                .types("*")
                .signatures(List.of(hook0))
                .body(BodySettings.of(BodyFormat.CLOUDEVENTS)));
    embedded.transport.responding(URL, 200);
    publish();
    embedded.awaitSettled(1);

    SignedRequest request = embedded.transport.requestsTo(URL).get(0);
    Map<String, String> headers =
        request.headers().stream()
            .collect(Collectors.toMap(SignedRequest.Header::name, SignedRequest.Header::value));
    SignatureVerifier verifier = new SignatureVerifier(embedded.clock, Duration.ofMinutes(5));
    assertThat(
            SignatureCheck.of(verifier, hook0, request.body(), headers, made.secret().reveal())
                .finding())
        .isEqualTo(SignatureVerifier.Finding.VALID);
  }

  @Test
  void withoutABodyOfItsOwnTheStoredPayloadIsSent() {
    create(null);
    embedded.transport.responding(URL, 200);
    EventId id = publish();
    embedded.awaitSettled(1);

    SignedRequest request = embedded.transport.requestsTo(URL).get(0);
    assertThat(request.body()).isSameAs(embedded.webhooks.events().get(SITE, id).event().payload());
    assertThat(header(request, "Content-Type")).isEqualTo("application/json");
    assertThat(attempts().get(0).body()).isNull();
  }

  @Test
  void binaryCloudEventsHaveHeaders() {
    EndpointId id = create(BodySettings.binaryCloudEvents());
    embedded.transport.responding(URL, 200);
    publish();
    embedded.awaitSettled(1);

    SignedRequest request = embedded.transport.requestsTo(URL).get(0);
    assertThat(request.body().text()).isEqualTo("{\"ActivationKey\":\"K-7\", \"Seats\":1.10}");
    assertThat(header(request, "ce-type")).isEqualTo("license_created");
    assertThatThrownBy(
            () -> endpoints.change(SITE, id, EndpointSpec.change().header("Ce-Type", "x")))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("headers.Ce-Type: is sent by CloudEvents in binary mode");
  }

  @Test
  void theVersionCountsChanges() {
    EndpointId id = create(BodySettings.template(KEY));
    assertThat(version(id)).isEqualTo(1);

    change(id, EndpointSpec.change().description("same"));
    change(id, EndpointSpec.change().body(BodySettings.template(KEY)));
    assertThat(version(id)).isEqualTo(1);
    change(id, EndpointSpec.change().body(BodySettings.template("{\"k\":1}")));
    assertThat(version(id)).isEqualTo(2);
    change(id, EndpointSpec.change().siteBody());
    assertThat(endpoints.get(SITE, id).body().settings()).isNull();
    change(id, EndpointSpec.change().siteBody());
    change(id, EndpointSpec.change().body(BodySettings.template(KEY)));
    assertThat(version(id)).isEqualTo(4);
  }

  private int version(EndpointId id) {
    return endpoints.get(SITE, id).body().version();
  }

  private Endpoint change(EndpointId id, EndpointSpec spec) {
    return endpoints.change(SITE, id, spec).endpoint();
  }

  @Test
  void aBodyThatCannotBeMadeIsAFailedAttempt() {
    EndpointId id =
        create(BodySettings.template("{\"v\":{\"$map\":[[1,2,3],{\"$pointer\":\"/data\"}]}}"));
    String data = "\"" + "x".repeat(500_000) + "\"";
    embedded.webhooks.publish(SITE, NewEvent.of("license_created", data)).join();
    Poll.until(() -> attempts().size() == 1);

    Attempt attempt = attempts().get(0);
    assertThat(attempt.outcome().kind()).isEqualTo(OutcomeKind.BODY_FAILED);
    assertThat(attempt.outcome().detail()).isEqualTo("the body would have more than 1048576 bytes");
    assertThat(attempt.body()).isEqualTo(new BodyVersion("template", 1));
    assertThat(embedded.webhooks.deliveries().sent(attempt)).isEmpty();
    assertThat(endpoints.health(endpoints.get(SITE, id)).state())
        .isEqualTo(EndpointHealth.State.WORKING);
    assertThat(embedded.deliveries(DeliveryState.PENDING)).hasSize(1);
    assertThat(embedded.transport.requestsTo(URL)).isEmpty();

    change(id, EndpointSpec.change().body(BodySettings.of(BodyFormat.THIN)));
    embedded.transport.responding(URL, 200);
    embedded.clock.advance(Duration.ofHours(1));
    embedded.awaitSettled(1);
    assertThat(attempts().get(0).body()).isEqualTo(new BodyVersion("thin", 2));
    assertThat(embedded.webhooks.deliveries().sent(attempts().get(0)))
        .map(SentRequest::body)
        .hasValueSatisfying(body -> assertThat(body.text()).startsWith("{\"id\":\"evt_"));
  }

  @Test
  void testsAndTrialsUseTheBody() {
    embedded.transport.responding(URL, 200);
    EndpointId id = create(BodySettings.template("{\"m\":{\"$pointer\":\"/data/message\"}}"));

    Attempt tested = endpoints.test(SITE, id).join();
    assertThat(tested.body()).isEqualTo(new BodyVersion("template", 1));
    EndpointTrial trial =
        endpoints
            .probe(SITE, EndpointSpec.to(URL).body(BodySettings.of(BodyFormat.RAW)), null)
            .join();
    assertThat(trial.attempt().body()).isEqualTo(new BodyVersion("raw", 1));
    assertThat(trial.sent().body().text()).contains("This is a test");
    assertThat(embedded.transport.requestsTo(URL))
        .extracting(request -> request.body().text())
        .containsExactly(
            "{\"m\":\"This is a test.\"}", "{\"endpoint\":null,\"message\":\"This is a test.\"}");
  }

  @Test
  void testsNameTheProductOfTheOperator() {
    embedded.transport.responding(URL, 200);
    EndpointId id = create(BodySettings.of(BodyFormat.RAW));
    Map<String, Object> named = Map.of("portal", Map.of("theme", Map.of("productName", "A \"B\"")));
    var unused = embedded.webhooks.settings().changeByName(SITE, named);

    assertThat(endpoints.test(SITE, id).join().outcome().isSuccess()).isTrue();

    assertThat(embedded.transport.requestsTo(URL).get(0).body().text())
        .contains("\"message\":\"This is a test from A \\\"B\\\".\"")
        .doesNotContain("Hookferry");
  }

  @Test
  void previewsBodies() {
    EventId id = publish();
    Events events = embedded.webhooks.events();

    assertThat(events.previewBody(SITE, id, BodySettings.template(KEY)).body().text())
        .isEqualTo("{\"key\":\"K-7\"}");
    assertThat(events.previewBody(SITE, id, null).body())
        .isEqualTo(events.get(SITE, id).event().payload());
    NewEvent fresh = NewEvent.of("a.b", "{\"ActivationKey\":\"N\"}").label("region", "eu");
    assertThat(
            events
                .previewBody(
                    SITE,
                    fresh,
                    BodySettings.template(
                        "{\"l\":{\"$pointer\":\"/labels/region\"},\"t\":{\"$pointer\":\"/type\"}}"))
                .body()
                .text())
        .isEqualTo("{\"l\":\"eu\",\"t\":\"a.b\"}");
    assertThatThrownBy(
            () ->
                events.previewBody(
                    SITE,
                    NewEvent.of("a", "{}").data(Payload.of("{")),
                    BodySettings.of(BodyFormat.RAW)))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("data: must be valid JSON");
    assertThatThrownBy(() -> events.previewBody(SITE, id, BodySettings.mapper("x")))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("body.mapper: is not known: this program has no mappers");
  }
}
