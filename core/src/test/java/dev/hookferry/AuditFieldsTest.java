package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.auth.AuthSpec;
import dev.hookferry.auth.ClientCertificateFields;
import dev.hookferry.body.BodyFormat;
import dev.hookferry.body.BodySettings;
import dev.hookferry.contract.support.Certificate;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldValues;
import dev.hookferry.filter.Filter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.EgressState;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.SettingsByName;
import dev.hookferry.site.SiteSettingFields;
import dev.hookferry.transport.Egresses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit log records a change to any field that a table has. */
class AuditFieldsTest {
  /** Fields whose values are recorded one by one. */
  private static final Map<FieldSpec<?>, String> ONE_BY_ONE =
      Map.of(
          EndpointFields.BODY, "body.format",
          EndpointFields.HEADERS, "headers.X-Team",
          EndpointFields.LABELS, "labels.region",
          EndpointFields.METADATA, "metadata.customer");

  private static final FieldValues CLIENT =
      ClientCertificateFields.checked(Certificate.GOOD.pem(), Certificate.GOOD.keyPem());

  private final Embedded embedded = new Embedded();

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void recordsEveryFieldOfAnEndpoint() {
    offerAnEgress();
    Endpoints endpoints = embedded.webhooks.endpoints();
    EndpointId id =
        endpoints
            .create(
                Embedded.SITE,
                EndpointSpec.to("https://a.example/").types("*").header("X-Team", "red"))
            .endpoint()
            .id();
    FieldValues other = others();
    for (FieldSpec<?> field : EndpointFields.CHANGE.fields()) {
      endpoints.change(Embedded.SITE, id, EndpointSpec.of(only(field, other)));
      List<FieldChange> told =
          embedded.webhooks.audit().list(AuditQuery.ALL).data().get(0).changes();
      assertThat(told).as(field.name()).hasSize(1);
      boolean isMark = field == EndpointFields.SECRET_HEADERS;
      assertThat(told.get(0).field())
          .isEqualTo(isMark ? "headers.X-Team" : ONE_BY_ONE.getOrDefault(field, field.name()));
      assertThat(told.get(0).after()).doesNotContain("s3cret");
      assertThat(SettingsByName.MASK.equals(told.get(0).after()))
          .as(field.name())
          .isEqualTo(isMark || field.isSecret());
    }
  }

  private void offerAnEgress() {
    embedded.transport.offering(new Egresses(List.of(EgressState.unused("eu", List.of())), null));
  }

  @Test
  void recordsEverySettingOfASite() {
    offerAnEgress();
    Map<String, Object> other = otherSettings();
    Map<String, Object> before = embedded.webhooks.settings().byName(Embedded.SITE);
    for (FieldSpec<?> field : SiteSettingFields.ALL.fields()) {
      String name = field.name();
      assertThat(other).containsKey(name);
      embedded.webhooks.settings().changeByName(Embedded.SITE, Map.of(name, other.get(name)));
      AuditEntry entry = embedded.webhooks.audit().list(AuditQuery.ALL).data().get(0);
      assertThat(entry.action()).isEqualTo(AuditAction.SITE_CHANGED);
      FieldChange expected =
          field.isSecret()
              ? new FieldChange(name, null, SettingsByName.MASK)
              : changed(name, before.get(name), other.get(name));
      assertThat(entry.changes()).contains(expected);
      // A schedule takes the place of three others.
      assertThat(entry.changes()).hasSize(name.equals("retrySchedule") ? 4 : 1);
    }
    embedded.webhooks.settings().changeByName(Embedded.SITE, Map.of("webHookSecretKey", "n3w"));
    assertThat(embedded.webhooks.audit().list(AuditQuery.ALL).data().get(0).changes())
        .containsExactly(
            new FieldChange("webHookSecretKey", SettingsByName.MASK, SettingsByName.MASK));
  }

  /** Settings within a setting are fields of their own. */
  private static FieldChange changed(String name, @Nullable Object before, @Nullable Object after) {
    if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> fresh) {
      Object part = fresh.keySet().iterator().next();
      return changed(name + "." + part, old.get(part), fresh.get(part));
    }
    return new FieldChange(name, String.valueOf(before), String.valueOf(after));
  }

  private static Map<String, Object> otherSettings() {
    return Map.ofEntries(
        Map.entry("webHooksEnabled", false),
        Map.entry("webHookMaxRetries", 7),
        Map.entry("webHookRetryInterval", 60),
        Map.entry("webHookSecretKey", "s3cr3t"),
        Map.entry("retryBackoff", "exponential"),
        Map.entry("retrySchedule", List.of("5s", "2h")),
        Map.entry("envelope", "standard"),
        Map.entry("qlmEventTypeField", "Kind"),
        Map.entry("qlmLicenseField", "License"),
        Map.entry("qlmCustomerField", "Customer"),
        Map.entry("eventTypes", List.of("order.paid")),
        Map.entry("hideQlmEventTypes", true),
        Map.entry("openCatalog", true),
        Map.entry("attemptTimeout", "10s"),
        Map.entry("endpointRate", "600/min"),
        Map.entry("endpointConcurrency", 4),
        Map.entry("egress", "eu"),
        Map.entry("searchFields", List.of("ActivationKey")),
        Map.entry("portal", Map.of("enabled", true)));
  }

  private static FieldValues others() {
    return FieldValues.NONE
        .with(EndpointFields.URL, "https://b.example/")
        .with(EndpointFields.EVENT_TYPES, List.of("license_*"))
        .with(EndpointFields.DESCRIPTION, "CRM")
        .with(EndpointFields.HEADERS, Map.of("X-Team", "blue"))
        .with(EndpointFields.SECRET_HEADERS, List.of("X-Team"))
        .with(EndpointFields.SIGNATURES, List.of(Signature.of(SignatureProfile.QLM)))
        .with(EndpointFields.ENABLED, false)
        .with(EndpointFields.RETRY, RetrySettings.DEFAULT)
        .with(EndpointFields.TIMEOUT, Duration.ofSeconds(3))
        .with(EndpointFields.AUTH, AuthSpec.basic("crm", "s3cret"))
        .with(EndpointFields.BODY, BodySettings.of(BodyFormat.THIN))
        .with(EndpointFields.CLIENT_CERTIFICATE, CLIENT)
        .with(EndpointFields.TRUSTED_CA, Certificate.GOOD.authorityPem())
        .with(EndpointFields.EGRESS, "eu")
        .with(EndpointFields.PROPAGATE_TRACE, true)
        .with(SuccessStatuses.FIELD, List.of("200"))
        .with(EndpointFields.LIMITS, SendLimits.of(SendRate.perSecond(10)))
        .with(EndpointFields.UID, "crm-eu")
        .with(EndpointFields.LABELS, Map.of("region", "eu"))
        .with(EndpointFields.METADATA, Map.of("customer", "7"))
        .with(EndpointFields.FILTER, Filter.parse("{\"a\":1}"))
        .with(EndpointFields.ORDER, "by-key")
        .with(EndpointFields.ON_EXHAUSTION, "skip")
        .with(Ownership.URL_FROM, "customer")
        .with(Ownership.MANAGED_BY, "operator")
        .with(EndpointFields.QLM_SECRET, "k3y");
  }

  private static <T> FieldValues only(FieldSpec<T> field, FieldValues all) {
    T value = all.get(field);
    assertThat(value).as("a sample of " + field).isNotNull();
    return FieldValues.NONE.with(field, value);
  }
}
