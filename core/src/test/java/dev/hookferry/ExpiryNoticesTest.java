package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.VirtualTime;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.store.config.ConfigText;
import dev.hookferry.testing.RecordingListener;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Notices of certificates and signatures that expire: in time or late, and once. */
class ExpiryNoticesTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String OPS = "https://ops.example/";

  private final RecordingListener listener = new RecordingListener();

  private SimulatedHookferry started() {
    return SimulatedHookferry.start(1, OutboundPolicy.strict(), b -> b.listener(listener));
  }

  @Test
  void reportsTheEndOfASignatureTwice() {
    try (SimulatedHookferry hooks = started()) {
      Instant end = hooks.now().plus(Duration.ofDays(20));
      EndpointId id = create(hooks.webhooks(), end);
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe("endpoint_signature_ending");

      hooks.advance(Duration.ofDays(5));
      ops.hasReceived(0);
      hooks.advance(Duration.ofDays(2));
      ops.hasReceived(1);
      assertThat(ops.requests().get(0).body().text())
          .contains(
              "\"endpoint\":\"" + id + "\"",
              "the signature github ends within 14 days",
              "\"profile\":\"github\",\"until\":\"" + end + "\",\"days\":14");
      hooks.advance(Duration.ofDays(20));
      ops.hasReceived(2);
      assertThat(ops.requests().get(1).body().text()).contains("the signature github has ended");
      assertThat(listener.expiryNotices())
          .containsExactly(
              new ExpiryNotice(ExpiryNotice.Kind.SIGNATURE, SITE, id, "github", 14, end),
              new ExpiryNotice(ExpiryNotice.Kind.SIGNATURE, SITE, id, "github", 0, end));
    }
  }

  @Test
  void doesNotGoToTheEndpointItself() {
    try (SimulatedHookferry hooks = started()) {
      Certificate.Pem pem = Certificate.until(hooks.now().plus(Duration.ofDays(20)));
      String type = "endpoint_certificate_expiring";
      var unused =
          hooks
              .webhooks()
              .endpoints()
              .create(SITE, spec().types(type).clientCertificate(pem.certificate(), pem.key()));
      SimulatedReceiver crm = hooks.receiver("https://crm.example/hook");
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe(type);
      hooks.advance(Duration.ofDays(1));
      ops.hasReceived(1);
      crm.hasReceived(0);
    }
  }

  @Test
  void comesInTimeHoweverFarTheTimeIsAdvanced() {
    try (SimulatedHookferry hooks = started()) {
      certify(hooks, 40);
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe("endpoint_certificate_expiring");
      hooks.advance(Duration.ofDays(100));
      ops.hasReceived(4);
    }
  }

  @Test
  void isLateRatherThanLostAndLeavesOutWhatIsSuperseded() {
    VirtualTime time = new VirtualTime(SimulatedHookferry.START);
    MemoryStore store = new MemoryStore(time, Duration.ofDays(36_500));
    ScriptedTransport transport = new ScriptedTransport();
    try (Hookferry before = node(time, store, transport)) {
      Certificate.Pem pem = Certificate.until(time.instant().plus(Duration.ofDays(40)));
      before
          .webhooks()
          .endpoints()
          .create(SITE, spec().clientCertificate(pem.certificate(), pem.key()));
      before
          .webhooks()
          .endpoints()
          .create(SITE, EndpointSpec.to(OPS).types("endpoint_certificate_expiring"));
    }
    advance(time, Duration.ofDays(36));
    try (Hookferry after = node(time, store, transport)) {
      assertThat(after.isAlive()).isTrue();
      advance(time, Duration.ofHours(1));
      assertThat(transport.requestsTo(OPS))
          .singleElement()
          .satisfies(sent -> assertThat(sent.body().text()).contains("expires within 7 days"));
    }
  }

  private static void advance(VirtualTime time, Duration by) {
    boolean unused = time.runUntil(time.instant().plus(by), () -> false);
  }

  @Test
  void isNotRepeatedAfterItsEventWasPurged() {
    try (SimulatedHookferry hooks =
        SimulatedHookferry.start(
            1, OutboundPolicy.strict(), b -> b.listener(listener).retention(Duration.ofDays(2)))) {
      EndpointId id = certify(hooks, 25);
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe("endpoint_certificate_expiring");
      for (int day = 0; day < 15; day++) {
        hooks.advance(Duration.ofDays(1));
        hooks
            .webhooks()
            .endpoints()
            .change(SITE, id, EndpointSpec.change().description("day " + day));
      }
      ops.hasReceived(1);
      assertThat(listener.expiryNotices()).hasSize(1);
    }
  }

  @Test
  void aNewCertificateIsAnotherOne() {
    try (SimulatedHookferry hooks = started()) {
      EndpointId id = certify(hooks, 5);
      hooks.advance(Duration.ofHours(2));
      Certificate.Pem next = Certificate.until(hooks.now().plus(Duration.ofDays(6)));
      hooks
          .webhooks()
          .endpoints()
          .change(
              SITE, id, EndpointSpec.change().clientCertificate(next.certificate(), next.key()));
      hooks.advance(Duration.ofHours(2));
      assertThat(listener.expiryNotices()).hasSize(2);
      Endpoint endpoint = hooks.webhooks().endpoints().get(SITE, id);
      assertThat(endpoint.expiryNotices()).hasSize(1);
      assertThat(ConfigText.write(endpoint)).contains("\"expiryNotices\":[");
    }
  }

  @Test
  void severalNodesGiveItOnce() {
    VirtualTime time = new VirtualTime(SimulatedHookferry.START);
    MemoryStore store = new MemoryStore(time, Duration.ofDays(36_500));
    ScriptedTransport transport = new ScriptedTransport();
    try (Hookferry one = node(time, store, transport);
        Hookferry other = node(time, store, transport)) {
      create(one.webhooks(), time.instant().plus(Duration.ofDays(3)));
      one.webhooks()
          .endpoints()
          .create(SITE, EndpointSpec.to(OPS).types("endpoint_signature_ending"));
      advance(time, Duration.ofDays(1));
      assertThat(other.webhooks().endpoints().all(SITE)).hasSize(2);
      assertThat(transport.requestsTo(OPS)).hasSize(1);
      assertThat(listener.expiryNotices()).hasSize(1);
    }
  }

  private Hookferry node(VirtualTime time, MemoryStore store, ScriptedTransport transport) {
    return Hookferry.builder(store, transport)
        .secrets(Secrets.inTheClear())
        .clock(time)
        .random(new Random(3))
        .listener(listener)
        .build()
        .start();
  }

  private static EndpointId certify(SimulatedHookferry hooks, int days) {
    Certificate.Pem pem = Certificate.until(hooks.now().plus(Duration.ofDays(days)));
    return hooks
        .webhooks()
        .endpoints()
        .create(SITE, spec().clientCertificate(pem.certificate(), pem.key()))
        .endpoint()
        .id();
  }

  private static EndpointId create(Webhooks webhooks, Instant end) {
    EndpointSpec asked =
        spec()
            .signatures(
                List.of(
                    Signature.of(SignatureProfile.STANDARD),
                    Signature.of(SignatureProfile.GITHUB).until(end)));
    return webhooks.endpoints().create(SITE, asked).endpoint().id();
  }

  private static EndpointSpec spec() {
    return EndpointSpec.to("https://crm.example/hook").types("*");
  }
}
