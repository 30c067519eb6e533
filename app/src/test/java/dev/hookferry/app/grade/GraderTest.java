package dev.hookferry.app.grade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Endpoints;
import dev.hookferry.Hookferry;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.SignedRequest.Header;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The requests are those of Hookferry, and the report names a wrong clock. */
final class GraderTest {
  private static final String URL = "https://crm.example/hook";
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49Z");

  /** These differ from request to request. */
  private static final Set<String> VARIABLE =
      Set.of(
          "webhook-id",
          "webhook-timestamp",
          "webhook-signature",
          "X-QLM-Signature",
          "Hookferry-Delivery");

  @Test
  void theValidEventIsRequestedAsHookferryDoes() {
    ScriptedTransport product = new ScriptedTransport();
    InstantSource clock = InstantSource.system();
    try (Hookferry hookferry =
        Hookferry.builder(new MemoryStore(clock, Duration.ofSeconds(30)), product)
            .secrets(Secrets.inTheClear())
            .userAgent("Hookferry/1")
            .build()
            .start()) {
      Endpoints endpoints = hookferry.webhooks().endpoints();
      EndpointSpec spec =
          EndpointSpec.to(URL).types("*").qlmSecret("s3cr3t").header("X-Tenant", "7");
      var unused =
          endpoints
              .test(SiteId.DEFAULT, endpoints.create(SiteId.DEFAULT, spec).endpoint().id())
              .join();
    }
    SignedRequest theirs = product.requestsTo(URL).get(0);
    String time = theirs.body().text().replaceAll(".*\"EventTime\":\"([^\"]+)\".*", "$1");

    ScriptedTransport own = new ScriptedTransport();
    var report = grader(own, InstantSource.fixed(Instant.parse(time))).run(result -> {});
    SignedRequest ours = own.requestsTo(URL).get(0);
    assertThat(ours.headers()).extracting(Header::name).isEqualTo(names(theirs));
    assertThat(ours.body().text())
        .isEqualTo(theirs.body().text().replaceFirst("\"endpoint\":\"[^\"]+\",", ""));
    assertThat(constant(ours)).isEqualTo(constant(theirs));
    assertThat(report.grade()).isEqualTo(Grade.F);
  }

  @Test
  void aWrongClockIsNamed() {
    ResponseJudge judge = new ResponseJudge(target());
    ResponseHeaders headers = new ResponseHeaders("date: Wed, 29 Apr 2026 16:27:00 GMT");
    Response response = new Response(401, Payload.empty(), false, null, null, headers);
    Outcome outcome = Outcome.responded(response, Duration.ofMillis(3));
    assertThat(judge.judge(ReceiverCheck.VALID_EVENT, outcome, NOW).note())
        .isEqualTo("its clock is 12 minutes behind");
    assertThat(
            new ResponseJudge(target())
                .judge(ReceiverCheck.VALID_EVENT, outcome, NOW.minusSeconds(500))
                .note())
        .isEmpty();
  }

  private static List<String> names(SignedRequest request) {
    return request.headers().stream().map(Header::name).toList();
  }

  private static Map<String, String> constant(SignedRequest request) {
    return request.headers().stream()
        .filter(header -> !VARIABLE.contains(header.name()))
        .collect(Collectors.toMap(Header::name, Header::value));
  }

  private static Grader grader(ScriptedTransport transport, InstantSource clock) {
    SampleEvents events =
        new SampleEvents(Envelope.DEFAULT, EventType.TEST, SampleEvents.DEFAULT_DATA);
    return new Grader(transport, target(), events, clock, new SecureRandom());
  }

  private static GradeTarget target() {
    StandardSecret standard = StandardSecret.parse("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz");
    return new GradeTarget(
        TargetUrl.parse(URL),
        new GradeSecrets("s3cr3t", List.of(standard)),
        Map.of("X-Tenant", "7"),
        Duration.ofSeconds(15),
        "Hookferry/1");
  }
}
