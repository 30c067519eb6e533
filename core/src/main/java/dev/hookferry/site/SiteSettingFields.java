package dev.hookferry.site;

import dev.hookferry.event.SearchFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.SpanKind;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.retry.RetryFields;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.util.List;

/** The fields of a site's settings: QLM's four under QLM's names, then Hookferry's own. */
public final class SiteSettingFields {
  static final int MAX_TEXT = 256;
  static final int MAX_TYPES = 200;

  static final SpanKind TIMEOUT = FieldKind.span(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private static final RetrySettings DEFAULT = RetrySettings.DEFAULT;

  /** QLM's four settings. */
  public static final FieldTable QLM =
      FieldTable.of(
          "Settings",
          FieldSpec.of(
                  "webHooksEnabled",
                  FieldKind.flag(),
                  "While false, events are kept but create no deliveries, and pending ones are"
                      + " held.")
              .fallback("true"),
          FieldSpec.of(
                  "webHookMaxRetries",
                  RetryFields.MAX_RETRIES.kind(),
                  "Retries after the first attempt.")
              .fallback(Integer.toString(DEFAULT.maxRetries()))
              .example(DEFAULT.maxRetries()),
          FieldSpec.of(
                  "webHookRetryInterval",
                  RetryFields.INTERVAL_SECONDS.kind(),
                  "Seconds between attempts.")
              .fallback(Long.toString(DEFAULT.interval().toSeconds()))
              .example((int) DEFAULT.interval().toSeconds()),
          FieldSpec.of(
                  "webHookSecretKey",
                  FieldKind.text(MAX_TEXT),
                  "The key of X-QLM-Signature. Shown as ******** when set; an empty string"
                      + " removes it.")
              .fallback("")
              .asSecret());

  /** All settings. */
  public static final FieldTable ALL =
      QLM.with(
          FieldSpec.of("retryBackoff", RetryFields.BACKOFF.kind(), RetryFields.BACKOFF.help())
              .fallback("fixed"),
          FieldSpec.of(
                  "retrySchedule",
                  FieldKind.list(FieldKind.text(), 0, RetrySettings.MAX_STEPS),
                  "The delay before each retry, such as 5s, 5m and 2h; 30 days in total at most. It"
                      + " replaces webHookMaxRetries, webHookRetryInterval and retryBackoff. A"
                      + " change of one of these ends the schedule, as an empty list does.")
              .fallback("[]")
              .example(List.of("5s", "5m", "2h")),
          FieldSpec.of(
                  "envelope",
                  FieldKind.choice("qlm", "raw", "standard"),
                  "The payload format: QLM's, the bare data, or Standard Webhooks.")
              .fallback("qlm"),
          envelopeField("qlmEventTypeField", "event type", "EventType"),
          envelopeField("qlmLicenseField", "license", "LicenseInfo"),
          envelopeField("qlmCustomerField", "customer", "CustomerInfo"),
          FieldSpec.of(
                  "eventTypes",
                  FieldKind.list(FieldKind.text(), 0, MAX_TYPES),
                  "The site's own event types.")
              .fallback("[]")
              .example(List.of("order.paid")),
          FieldSpec.of(
                  "hideQlmEventTypes",
                  FieldKind.flag(),
                  "Hides QLM's event types in lists. They can still be published.")
              .fallback("false"),
          FieldSpec.of(
                  "openCatalog",
                  FieldKind.flag(),
                  "Whether events of undeclared types are accepted, too. They are checked by the"
                      + " schemas of the site default.")
              .fallback("false"),
          FieldSpec.of(
                  "attemptTimeout",
                  FieldKind.text(MAX_TEXT),
                  "Timeout of attempts for endpoints that do not set their own, 1s to 30s; an empty"
                      + " string uses the server's.")
              .fallback("")
              .example("10s"),
          FieldSpec.of(
                  "endpointRate",
                  FieldKind.text(MAX_TEXT),
                  "Highest rate of requests to each endpoint that does not set its own limits, such as"
                      + " 10/s, 600/min or 5000/h; an empty string removes it.")
              .fallback("")
              .example("10/s"),
          FieldSpec.of(
                  "endpointConcurrency",
                  FieldKind.integer(0, SendLimits.MAX_CONCURRENCY),
                  "Maximum requests in flight to each endpoint that does not set its own limits, on"
                      + " each node; 0 uses the server's.")
              .fallback("0")
              .example(4),
          FieldSpec.of(
                  "egress",
                  FieldKind.text(MAX_TEXT),
                  "The egress that connections use, for endpoints that choose none: one that the"
                      + " operator of the server has defined; an empty string uses the server's.")
              .fallback("")
              .example("eu"),
          FieldSpec.of(
                  "searchFields",
                  FieldKind.list(FieldKind.text(), 0, SearchFields.MAX),
                  "Fields of the data by which events can be searched, such as ActivationKey or"
                      + " customer.id. Events accepted from then on are indexed by them.")
              .fallback("[]")
              .example(List.of("ActivationKey")),
          FieldSpec.of(
                  "portal",
                  FieldKind.group(PortalFields.ALL, values -> values),
                  "The portal in which customers manage their own endpoints.")
              .fallback("{\"enabled\":false}"));

  /** The fields of an update request. */
  public static final FieldTable CHANGE =
      ALL.named("SettingsChange", "Absent or null fields keep their values.");

  private SiteSettingFields() {}

  private static FieldSpec<String> envelopeField(String name, String item, String usual) {
    return FieldSpec.of(
            name, FieldKind.text(MAX_TEXT), "The name of the " + item + " in the QLM envelope.")
        .fallback(usual)
        .example(usual);
  }
}
