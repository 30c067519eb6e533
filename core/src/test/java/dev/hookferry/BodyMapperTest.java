package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.body.BodyMapper;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.MappedBody;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that the embedding program makes, and mappers that misbehave. */
class BodyMapperTest {
  private static final SiteId SITE = Embedded.SITE;
  private static final NewEvent EVENT = NewEvent.of("license_created", "{\"ActivationKey\":\"K\"}");

  private final Embedded embedded = new Embedded();
  private final CountDownLatch never = new CountDownLatch(1);
  private Hookferry hookferry;

  @BeforeEach
  void start() {
    embedded.hookferry.close();
    BodyMapper csv =
        event -> MappedBody.of("text/csv", Payload.of("id\n" + Envelope.dataOf(event).text()));
    BodyMapper hangs =
        event -> {
          never.await();
          return MappedBody.json(Payload.empty());
        };
    BodyMapper fails =
        event -> {
          throw new IllegalStateException("no such customer");
        };
    byte[] large = new byte[MappedBody.MAX_BYTES + 1];
    hookferry =
        Hookferry.builder(embedded.store, embedded.transport)
            .secrets(Secrets.inTheClear())
            .clock(embedded.clock)
            .bodyMapper("csv", csv)
            .bodyMapper("fails", fails)
            .bodyMapper("hangs", hangs)
            .bodyMapper("large", event -> MappedBody.json(Payload.wrap(large)))
            .build()
            .start();
  }

  @AfterEach
  void close() {
    never.countDown();
    hookferry.close();
    embedded.close();
  }

  private void create(String url, String mapper) {
    embedded.transport.responding(url, 200);
    EndpointSpec spec =
        EndpointSpec.to(url)
            .types("*")
            .timeout(Duration.ofSeconds(1))
            .body(BodySettings.mapper(mapper));
    var unused = hookferry.webhooks().endpoints().create(SITE, spec);
  }

  private List<Attempt> attempts() {
    return hookferry.webhooks().deliveries().attempts(AttemptQuery.ofSite(SITE)).data();
  }

  @Test
  void aMapperMakesBodyAndContentType() {
    create("https://csv.example/", "csv");
    hookferry.webhooks().publish(SITE, EVENT).join();
    Poll.until(() -> attempts().size() == 1);

    SignedRequest sent = embedded.transport.requestsTo("https://csv.example/").get(0);
    assertThat(sent.headers())
        .filteredOn(header -> header.name().equals("Content-Type"))
        .extracting(SignedRequest.Header::value)
        .containsExactly("text/csv");
    assertThat(sent.body().text()).isEqualTo("id\n{\"ActivationKey\":\"K\"}");
    assertThat(attempts().get(0).outcome().isSuccess()).isTrue();
  }

  @Test
  void aMapperThatFailsIsAFailedAttempt() {
    create("https://fails.example/", "fails");
    create("https://large.example/", "large");
    hookferry.webhooks().publish(SITE, EVENT).join();
    Poll.until(() -> attempts().size() == 2);

    assertThat(attempts())
        .extracting(attempt -> attempt.outcome().kind())
        .containsOnly(OutcomeKind.BODY_FAILED);
    assertThat(attempts())
        .extracting(attempt -> attempt.outcome().detail())
        .containsExactlyInAnyOrder(
            "the mapper fails failed: java.lang.IllegalStateException: no such customer",
            "the mapper large produced more than 1048576 bytes");
  }

  @Test
  void hangingMappersDelayNoOtherDelivery() {
    for (int i = 0; i < 10; i++) {
      create("https://hangs" + i + ".example/", "hangs");
    }
    String other = "https://other.example/";
    embedded.transport.responding(other, 200);
    hookferry.webhooks().endpoints().create(SITE, EndpointSpec.to(other).types("*"));
    hookferry.webhooks().publish(SITE, EVENT).join();

    Poll.until(() -> embedded.transport.requestsTo(other).size() == 1);
    assertThat(attempts())
        .noneMatch(attempt -> attempt.outcome().kind() == OutcomeKind.BODY_FAILED);
    Poll.until(() -> attempts().size() == 11);
    assertThat(attempts())
        .filteredOn(attempt -> !attempt.outcome().isSuccess())
        .extracting(attempt -> attempt.outcome().detail())
        .containsOnly("the mapper took longer than 1s");
    create("https://csv.example/", "csv");
    hookferry.webhooks().publish(SITE, EVENT).join();
    Poll.until(() -> embedded.transport.requestsTo("https://csv.example/").size() == 1);
  }

  @Test
  void aMapperWorksInVirtualTime() {
    BodyMapper upper =
        event ->
            MappedBody.of("text/plain", Payload.of(event.type().name().toUpperCase(Locale.ROOT)));
    try (SimulatedHookferry hooks =
        SimulatedHookferry.start(
            1, OutboundPolicy.strict(), builder -> builder.bodyMapper("upper", upper))) {
      String url = "https://erp.example/";
      SimulatedReceiver erp = hooks.receiver(url);
      EndpointSpec spec = EndpointSpec.to(url).types("*").body(BodySettings.mapper("upper"));
      var unused = hooks.webhooks().endpoints().create(SITE, spec);
      Receipt receipt = hooks.publish(EVENT);
      hooks.advanceUntilDone(Duration.ofMinutes(1));

      assertThat(receipt.deliveries()).isEqualTo(1);
      assertThat(erp.requests())
          .extracting(request -> request.body().text())
          .containsExactly("LICENSE_CREATED");
    }
  }

  @Test
  void anUnknownMapperIsRefused() {
    assertThatThrownBy(() -> create("https://a.example/", "xml"))
        .isInstanceOf(InvalidException.class)
        .hasMessage("body.mapper: is not known; this program has csv, fails, hangs, large");
  }
}
