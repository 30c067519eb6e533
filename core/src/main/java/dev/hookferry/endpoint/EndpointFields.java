package dev.hookferry.endpoint;

import dev.hookferry.auth.AuthFields;
import dev.hookferry.auth.AuthSpec;
import dev.hookferry.auth.ClientCertificateFields;
import dev.hookferry.body.BodyFields;
import dev.hookferry.body.BodySettings;
import dev.hookferry.event.PairRules;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.field.TextKind;
import dev.hookferry.filter.Filter;
import dev.hookferry.limit.LimitFields;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.retry.RetryFields;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureFields;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The user-settable fields of an endpoint. */
public final class EndpointFields {
  /** The longest QLM key, in characters. */
  public static final int MAX_QLM_SECRET = 256;

  /** The form of an endpoint's id. */
  public static final TextKind ID = FieldKind.pattern("^ep_[0-9a-z]{26}$");

  /** Reference to an endpoint in a request: its id or uid. */
  public static final TextKind NAME = FieldKind.text(1, 64);

  /** Target URL of requests. */
  public static final FieldSpec<String> URL =
      FieldSpec.of(
              "url",
              FieldKind.text(TargetUrl.MAX_LENGTH),
              "Where requests go: https, unless the operator allows http to this target. In path and"
                  + " query, {name} is replaced by a routing value of the event.")
          .example("https://crm.example/hook");

  /** The event types that it subscribes to. */
  public static final FieldSpec<List<String>> EVENT_TYPES =
      FieldSpec.of(
              "eventTypes",
              FieldKind.list(FieldKind.text(), 1, EndpointRules.MAX_FILTERS),
              "Event types, prefixes such as license_*, or * for all.")
          .example(List.of("license_*"));

  /** Human-readable note. */
  public static final FieldSpec<String> DESCRIPTION =
      FieldSpec.of(
              "description",
              FieldKind.text(EndpointRules.MAX_DESCRIPTION),
              "A name or a note that lists show, such as the customer's name.")
          .fallback("")
          .example("CRM");

  /** Custom headers. */
  public static final FieldSpec<Map<String, String>> HEADERS =
      FieldSpec.of(
              "headers",
              FieldKind.map(FieldKind.text(), HeaderRules.MAX_HEADERS),
              "Sent with every request; User-Agent replaces Hookferry's own. Reads mask values that"
                  + " look like credentials; writing the mask ******** back keeps the current one.")
          .fallback("{}")
          .example(Map.of("X-Team", "blue"));

  /** Headers whose values are secret. */
  public static final FieldSpec<List<String>> SECRET_HEADERS =
      FieldSpec.of(
              "secretHeaders",
              FieldKind.list(FieldKind.text(), 0, HeaderRules.MAX_HEADERS),
              "Names of headers whose values are never shown; those that look like credentials"
                  + " are secret anyway.")
          .fallback("[]");

  /** Signatures of requests. */
  public static final FieldSpec<List<Signature>> SIGNATURES =
      FieldSpec.of(
              "signatures",
              FieldKind.list(
                  FieldKind.group(SignatureFields.ALL, SignatureFields::signature)
                      .orText(SignatureFields.PROFILE),
                  0,
                  Signature.MAX),
              "How requests are signed: profiles, as strings or with options. An empty list stands"
                  + " for the default.")
          .fallback("[\"qlm\",\"standard\"]")
          .example(Signature.DEFAULT);

  /** Switch between sending and holding deliveries. */
  public static final FieldSpec<Boolean> ENABLED =
      FieldSpec.of("enabled", FieldKind.flag(), "While false, deliveries are held.")
          .fallback("true");

  /** Its own retry settings. */
  public static final FieldSpec<RetrySettings> RETRY =
      FieldSpec.of(
              "retry",
              FieldKind.group(RetryFields.ALL, RetryFields::settings),
              "Its own retry settings; null follows the site's.")
          .asResettable();

  /** Its own time limit of an attempt. */
  public static final FieldSpec<Duration> TIMEOUT =
      FieldSpec.of(
              "timeout",
              FieldKind.span(Duration.ofSeconds(1), Duration.ofSeconds(30)),
              "Its own time limit of an attempt, from the DNS lookup to the end of the response;"
                  + " null follows the site's attemptTimeout.")
          .example(Duration.ofSeconds(10))
          .asResettable();

  /** The credentials that requests carry. */
  public static final FieldSpec<AuthSpec> AUTH =
      FieldSpec.of(
              "auth",
              FieldKind.group(AuthFields.ALL, AuthSpec::of),
              "How requests authenticate to the receiver, by the header Authorization; null removes"
                  + " it. Reads mask its secrets; writing the mask back keeps the current one.")
          .asResettable();

  /** Its own body. */
  public static final FieldSpec<BodySettings> BODY =
      FieldSpec.of(
              "body",
              FieldKind.group(BodyFields.ALL, BodyFields::settings),
              "The body of its requests; null for the site's envelope.")
          .asResettable();

  /** The client certificate that its connections present. */
  public static final FieldSpec<FieldValues> CLIENT_CERTIFICATE =
      FieldSpec.of(
              "clientCertificate",
              FieldKind.group(ClientCertificateFields.ALL, values -> values),
              "Certificate by which requests authenticate in the TLS handshake; null removes it.")
          .asResettable();

  /** The CA certificates that the receiver's certificate must chain to. */
  public static final FieldSpec<String> TRUSTED_CA =
      FieldSpec.of(
              "trustedCa",
              FieldKind.text(1, 262_144),
              "PEM certificates, 1 to 50; one must have issued the receiver's. Null trusts what this"
                  + " server trusts.")
          .asResettable();

  /** The egress that its connections use. */
  public static final FieldSpec<String> EGRESS =
      FieldSpec.of(
              "egress",
              FieldKind.pattern("^[A-Za-z0-9_.-]{1,40}$"),
              "The egress that its connections use, one that the operator of the server has"
                  + " defined; null follows the site's.")
          .example("eu")
          .asResettable();

  /** Propagation of the trace context in its requests. */
  public static final FieldSpec<Boolean> PROPAGATE_TRACE =
      FieldSpec.of(
              "propagateTrace",
              FieldKind.flag(),
              "Whether requests carry the trace of their event in the headers traceparent and"
                  + " tracestate.")
          .fallback("false");

  /** Its own limits. */
  public static final FieldSpec<SendLimits> LIMITS =
      FieldSpec.of(
              "limits",
              FieldKind.group(LimitFields.ALL, LimitFields::limits),
              "Its own limits on requests; null follows the site's.")
          .asResettable();

  /** Its unique name, chosen by the user. */
  public static final FieldSpec<String> UID =
      FieldSpec.of(
              "uid",
              FieldKind.pattern("^[A-Za-z0-9_.-]{1,64}$"),
              "A name of your choice, unique in the site. It can replace the id in every path and"
                  + " parameter; null removes it.")
          .example("crm-eu")
          .asResettable();

  /** The labels that events must have. */
  public static final FieldSpec<Map<String, String>> LABELS =
      FieldSpec.of(
              "labels",
              FieldKind.map(FieldKind.text(128), PairRules.MAX_LABELS),
              "It gets only events that have all these labels. Names are 1 to 64 characters from a-z 0-9 _ . -;"
                  + " an empty object accepts any event.")
          .fallback("{}")
          .example(Map.of("region", "eu"));

  /** Metadata for the user's programs. */
  public static final FieldSpec<Map<String, String>> METADATA =
      FieldSpec.of(
              "metadata",
              FieldKind.map(FieldKind.text(512), PairRules.MAX_METADATA),
              "Notes for your programs: names of up to 64 characters. Never sent to the receiver.")
          .fallback("{}")
          .example(Map.of("customer", "4711"));

  /** The condition on the data of its events. */
  public static final FieldSpec<Filter> FILTER =
      FieldSpec.of(
              "filter",
              FieldKind.json(Filter::parse),
              "The condition that an event's data must meet, such as {\"Seats\":{\"$gte\":10}}; null"
                  + " or an empty object removes it.")
          .example(Filter.parse("{\"ProductName\":\"Pro\",\"Seats\":{\"$gte\":10}}"))
          .asResettable();

  /** The order in which deliveries are sent. */
  public static final FieldSpec<String> ORDER =
      FieldSpec.of(
              "order",
              FieldKind.choice("none", "by-key"),
              "With by-key, events that have the same orderingKey are sent one after the other, in the"
                  + " order in which they were accepted.")
          .fallback("none");

  /** Effect of an exhausted delivery on its ordering key. */
  public static final FieldSpec<String> ON_EXHAUSTION =
      FieldSpec.of(
              "onExhaustion",
              FieldKind.choice("block", "skip"),
              "With order by-key: whether a delivery that is out of retries blocks its orderingKey"
                  + " until someone retries or skips it, or the next event is sent.")
          .fallback("block");

  /** Its own QLM key. */
  public static final FieldSpec<String> QLM_SECRET =
      FieldSpec.of(
              "qlmSecret",
              FieldKind.text(1, MAX_QLM_SECRET),
              "Its own QLM key; null uses the site's webHookSecretKey. Reads show ********.")
          .asSecret()
          .asResettable();

  /** The fields of an update request. */
  public static final FieldTable CHANGE =
      FieldTable.of(
              "Endpoint",
              URL,
              EVENT_TYPES,
              DESCRIPTION,
              HEADERS,
              SECRET_HEADERS,
              SIGNATURES,
              ENABLED,
              RETRY,
              TIMEOUT,
              AUTH,
              BODY,
              CLIENT_CERTIFICATE,
              TRUSTED_CA,
              EGRESS,
              PROPAGATE_TRACE,
              SuccessStatuses.FIELD,
              LIMITS,
              UID,
              LABELS,
              METADATA,
              FILTER,
              ORDER,
              ON_EXHAUSTION,
              Ownership.URL_FROM,
              Ownership.MANAGED_BY,
              QLM_SECRET)
          .named(
              "EndpointChange",
              "Fields that are absent stay as they are. Null resets retry, timeout, body,"
                  + " egress, limits and qlmSecret to the site's settings and successStatuses to its"
                  + " default, and removes auth, clientCertificate,"
                  + " trustedCa, uid and filter; in all other fields null means absent. An empty"
                  + " object of headers, labels or metadata removes all"
                  + " of them.");

  /** The fields of a create request. */
  public static final FieldTable NEW =
      CHANGE
          .with(SecretFields.SECRET, SecretFields.TYPE)
          .named("NewEndpoint", "")
          .requiring(URL, EVENT_TYPES);

  /** The fields of a trial request; event types are optional because they have no effect. */
  public static final FieldTable TRIAL = NEW.named("EndpointTrial", "").requiring(URL);

  private EndpointFields() {}
}
