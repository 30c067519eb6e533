package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Audit entries of the facade. */
class AuditTrailTest {
  private static final SiteId SITE = Embedded.SITE;
  private static final Actor CLERK = new Actor(null, "clerk", "10.0.0.7");

  private final Embedded embedded = new Embedded();

  @AfterEach
  void close() {
    embedded.close();
  }

  private List<AuditEntry> told() {
    return embedded.webhooks.audit().list(AuditQuery.ALL).data();
  }

  @Test
  void namesTheActor() {
    embedded.webhooks.settings().update(SITE, s -> s.retry(r -> r.maxRetries(1)));
    Webhooks clerks = embedded.webhooks.actingAs(CLERK);
    clerks.sites().create(new SiteId("acme"));
    clerks.keys().create("k", Set.of(Scope.READ), new SiteId("acme"));

    assertThat(told())
        .extracting(entry -> entry.actor().name() + " " + entry.actor().address())
        .containsExactly("clerk 10.0.0.7", "clerk 10.0.0.7", "program ", "hookferry ");
  }

  @Test
  void removingASiteIsOneEntry() {
    SiteId site = new SiteId("acme");
    embedded.webhooks.sites().create(site);
    embedded.webhooks.keys().create("k", Set.of(Scope.READ), site);
    for (int i = 0; i < 3; i++) {
      embedded.webhooks.endpoints().create(site, endpoint());
    }
    int before = told().size();

    embedded.webhooks.sites().remove(site);

    assertThat(told()).hasSize(before + 1);
    assertThat(told().get(0).action()).isEqualTo(AuditAction.SITE_REMOVED);
    assertThat(told().get(0).changes())
        .containsExactly(new FieldChange("endpoints", "3", "0"), new FieldChange("keys", "1", "0"));
  }

  @Test
  void refusedAndIneffectiveChangesAreNotRecorded() {
    int before = told().size();
    embedded.webhooks.settings().update(SITE, s -> s.retry(r -> r.maxRetries(5)));
    assertThatThrownBy(() -> embedded.webhooks.sites().remove(SITE))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> embedded.webhooks.sites().create(SITE))
        .isInstanceOf(ConflictException.class);
    assertThat(told()).hasSize(before);
  }

  /** It forgets failures, and puts off that the endpoint is disabled. */
  @Test
  void resumingWhatIsNotPausedIsRecorded() {
    Endpoint endpoint = embedded.webhooks.endpoints().create(SITE, endpoint()).endpoint();
    int before = told().size();
    for (int i = 0; i < 2; i++) {
      embedded.clock.advance(Duration.ofSeconds(1));
      var unused = embedded.webhooks.endpoints().resume(SITE, endpoint.id(), null);
    }
    assertThat(told()).hasSize(before + 2);
    assertThat(told().get(0).changes()).extracting(FieldChange::field).containsExactly("resumedAt");
    EndpointSpec pause = EndpointSpec.change().enabled(false);
    var unused = embedded.webhooks.endpoints().change(SITE, endpoint.id(), pause);
    assertThat(told().get(0).changes()).extracting(FieldChange::field).containsExactly("enabled");
  }

  @Test
  void longValuesAreTruncatedAndAnyTextIsReadBack() {
    List<FieldChange> all =
        List.of(
            new FieldChange("a\tb", "\\N", null),
            new FieldChange("", "x".repeat(600), "\r\n\\t"),
            new FieldChange("é", null, ""));
    assertThat(FieldChange.read(FieldChange.write(all))).isEqualTo(all);
    assertThat(all.get(1).before()).hasSize(500).endsWith("…");
    assertThat(FieldChange.read("")).isEmpty();
    assertThatThrownBy(() -> FieldChange.read("x\ty\n")).hasMessageContaining("three parts");
  }

  /** Then it is not known what happened, and whoever asked is told so. */
  @Test
  void anActionThatCannotBeRecordedFails() {
    EndpointId id = embedded.webhooks.endpoints().create(SITE, endpoint()).endpoint().id();
    embedded.webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    embedded.awaitSettled(1);
    var delivery = embedded.deliveries(DeliveryState.DELIVERED).get(0);
    try (Hookferry mute =
        Hookferry.builder(new Mute(embedded.store), embedded.transport)
            .secrets(Secrets.inTheClear())
            .clock(embedded.clock)
            .build()
            .start()) {
      assertThatThrownBy(() -> mute.webhooks().deliveries().retry(SITE, delivery.id()).join())
          .hasCauseInstanceOf(UnknownOutcomeException.class)
          .hasMessageContaining("was done, but is not in the audit log");
      assertThatThrownBy(() -> mute.webhooks().endpoints().test(SITE, id).join())
          .hasCauseInstanceOf(UnknownOutcomeException.class);
    }
    assertThat(embedded.webhooks.audit().list(AuditQuery.ALL.page(PageRequest.FIRST)).data())
        .extracting(AuditEntry::action)
        .doesNotContain(AuditAction.DELIVERY_RETRIED, AuditAction.ENDPOINT_TESTED);
  }

  private static EndpointSpec endpoint() {
    return EndpointSpec.to("https://crm.example/hook").types("*");
  }

  /** A store whose audit log takes nothing more. */
  private static final class Mute extends ForwardingStore {
    Mute(Store store) {
      super(store);
    }

    @Override
    public AuditLog audit() {
      return (AuditLog)
          Proxy.newProxyInstance(
              AuditLog.class.getClassLoader(),
              new Class<?>[] {AuditLog.class},
              (self, method, arguments) -> {
                throw new StoreException("full");
              });
    }

    @Override
    public void close() {}
  }
}
