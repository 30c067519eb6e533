package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.SiteProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of sites and endpoints that programs set up, and of what sites are called. */
class ProvisioningTest {
  private static final SiteId ACME = new SiteId("acme");
  private static final EndpointId ID = new EndpointId(new UUID(1, 2));
  private static final EndpointSpec SPEC = EndpointSpec.to("https://crm.example/").types("*");

  private final Embedded embedded = new Embedded();
  private final Webhooks webhooks = embedded.webhooks;

  @AfterEach
  void close() {
    embedded.hookferry.close();
  }

  @Test
  void existingResourcesAreNotCreatedAgain() {
    Provisioning.ProvisionedSite first =
        webhooks.provisioning().site(s -> false, ACME, SiteProfile.NONE, s -> s.openCatalog(true));
    Provisioning.ProvisionedSite second =
        webhooks
            .provisioning()
            .site(s -> s.id().equals(ACME), new SiteId("other"), SiteProfile.NONE, s -> s);
    assertThat(first.isNew()).isTrue();
    assertThat(second.isNew()).isFalse();
    assertThat(second.site()).isEqualTo(first.site());

    assertThat(webhooks.provisioning().endpoint(ACME, e -> false, ID, SPEC, null).isNew()).isTrue();
    assertThat(webhooks.provisioning().endpoint(ACME, e -> true, ID, SPEC, null).isNew()).isFalse();
    assertThat(webhooks.endpoints().all(ACME)).hasSize(1);
  }

  @Test
  void aChangeIsMadeToWhatAnEndpointIsByThen() {
    var unused = webhooks.sites().create(ACME);
    var made = webhooks.provisioning().endpoint(ACME, e -> false, ID, SPEC.label("a", "1"), null);
    assertThat(made.isNew()).isTrue();
    List<Map<String, String>> seen = new ArrayList<>();
    Endpoint changed =
        webhooks
            .provisioning()
            .change(
                ACME,
                ID,
                present -> {
                  if (seen.isEmpty()) {
                    Map<String, String> meanwhile = Map.of("a", "1", "b", "2");
                    var other =
                        webhooks
                            .endpoints()
                            .change(ACME, ID, EndpointSpec.change().labels(meanwhile));
                    assertThat(other.warnings()).isEmpty();
                  }
                  seen.add(present.labels());
                  Map<String, String> labels = new HashMap<>(present.labels());
                  labels.put("c", "3");
                  return EndpointSpec.change().labels(labels);
                });
    assertThat(seen).containsExactly(Map.of("a", "1"), Map.of("a", "1", "b", "2"));
    assertThat(changed.labels()).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
    assertThat(webhooks.endpoints().get(ACME, ID)).isEqualTo(changed);
    assertThat(webhooks.audit().list(AuditQuery.ALL).data())
        .filteredOn(entry -> entry.action() == AuditAction.ENDPOINT_CHANGED)
        .hasSize(2);
  }

  @Test
  void aSecretCanBeReadAndTheAuditLogSaysSo() {
    SigningSecret secret = SigningSecret.of("whsec_" + "A".repeat(32));
    var unused = webhooks.sites().create(ACME);
    var made = webhooks.provisioning().endpoint(ACME, e -> false, ID, SPEC, secret);
    assertThat(webhooks.provisioning().secret(ACME, made.endpoint().id()).reveal())
        .isEqualTo(secret.reveal());
    assertThat(webhooks.audit().list(AuditQuery.ALL).data().get(0).action())
        .isEqualTo(AuditAction.ENDPOINT_REVEALED);
  }

  @Test
  void aNameLeadsToOneSite() {
    var first = webhooks.sites().create(ACME, SiteProfile.NONE.uid("customer.7"));
    assertThat(webhooks.sites().find("customer.7")).contains(first);
    assertThat(webhooks.sites().find("acme")).contains(first);
    assertThat(webhooks.sites().find("nobody")).isEmpty();
    SiteId other = new SiteId("other");
    assertThatThrownBy(() -> webhooks.sites().create(other, SiteProfile.NONE.uid("customer.7")))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> webhooks.sites().create(other, SiteProfile.NONE.uid("acme")))
        .isInstanceOf(ConflictException.class);
    var second = webhooks.sites().create(other, SiteProfile.NONE.uid("third"));
    assertThatThrownBy(() -> webhooks.sites().create(new SiteId("third")))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> webhooks.sites().change(other, p -> p.uid("customer.7")))
        .isInstanceOf(ConflictException.class);
    var changed = webhooks.sites().change(ACME, p -> p.name("Acme").uid(null));
    assertThat(changed.profile().changedAt()).isEqualTo(embedded.clock.instant());
    assertThat(webhooks.sites().find("customer.7")).isEmpty();
    webhooks.sites().remove(second.id());
    assertThat(webhooks.sites().find("third")).isEmpty();
  }

  @Test
  void profileAndSettingsChangeTogetherOrNotAtAll() {
    var before = webhooks.sites().create(ACME);
    long version = embedded.store.config().version();
    assertThatThrownBy(
            () ->
                webhooks
                    .sites()
                    .change(
                        ACME, p -> p.name("A"), s -> s.retry(s.settings().retry().maxRetries(-1))))
        .isInstanceOf(InvalidException.class);
    assertThat(webhooks.sites().get(ACME)).isEqualTo(before);

    SendLimits limits = SendLimits.NONE.rate(SendRate.perSecond(7));
    var changed = webhooks.sites().change(ACME, p -> p.name("A"), s -> s.limits(limits));
    assertThat(changed.profile().name()).isEqualTo("A");
    assertThat(changed.settings().limits()).isEqualTo(limits);
    assertThat(webhooks.sites().get(ACME)).isEqualTo(changed);
    var unused = webhooks.sites().change(ACME, p -> p, s -> s.limits(limits));
    assertThat(embedded.store.config().version()).isEqualTo(version + 1);
  }

  @Test
  void aProfileHasLimits() {
    assertThatThrownBy(() -> SiteProfile.NONE.uid("a b")).isInstanceOf(InvalidException.class);
    assertThatThrownBy(() -> SiteProfile.NONE.name("x".repeat(257)))
        .isInstanceOf(InvalidException.class);
    assertThatThrownBy(() -> SiteProfile.NONE.metadata(Map.of("k", "x".repeat(513))))
        .isInstanceOf(InvalidException.class);
  }

  @Test
  void anOpenCatalogueAcceptsTypesThatNobodyDeclared() {
    NewEvent event = NewEvent.of("order.paid", "{}");
    var unused = webhooks.sites().create(ACME);
    assertThatThrownBy(() -> webhooks.publish(ACME, event).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(InvalidException.class);
    var unusedSettings = webhooks.settings().update(ACME, s -> s.openCatalog(true));
    assertThat(webhooks.publish(ACME, event).join().id()).isNotNull();
    for (String ours : new String[] {"test", "endpoint_failing"}) {
      assertThatThrownBy(() -> webhooks.publish(ACME, NewEvent.of(ours, "{}")).join())
          .hasCauseInstanceOf(InvalidException.class);
    }
  }
}
