package dev.hookferry.http.resource;

import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.field.DurationText;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.query.Page;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureFields;
import dev.hookferry.site.SettingsByName;
import dev.hookferry.transport.EndpointTrial;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Endpoints as the API returns them; secrets are masked, except that of a new endpoint. */
public final class EndpointJson {
  /** The health of an endpoint. */
  public static final ResponseShape<EndpointHealth> HEALTH =
      ResponseShape.<EndpointHealth>of("EndpointHealth")
          .saying(
              "State as seen by the replying node; failures include those before a restart and, up to"
                  + " a minute late, those on other nodes.")
          .always(
              FieldSpec.of(
                  "state",
                  FieldKind.choice(EndpointHealth.State.class, EndpointHealth.State::code),
                  "Whether deliveries are sent."),
              health -> health.state().code())
          .orNull(
              FieldSpec.of(
                  "reason", FieldKind.text(), "Human-readable reason; null while working."),
              health -> health.reason().isEmpty() ? null : health.reason())
          .always(
              FieldSpec.of("failures", FieldKind.count(), "Consecutive failed attempts."),
              EndpointHealth::failures)
          .orNull(
              FieldSpec.of(
                  "until", FieldKind.time(), "End of the back-off; null if it is not backing off."),
              EndpointHealth::until)
          .orNull(
              FieldSpec.of(
                  "ownFault",
                  OwnFaultJson.FAULT.asKind(),
                  "Failure of the replying node that keeps attempts from reaching the endpoint;"
                      + " null if there is none."),
              health -> OwnFaultJson.of(health.ownFault()));

  /** The public half of an endpoint's key pair. */
  public static final ResponseShape<EndpointSecret> PUBLIC_KEY =
      ResponseShape.<EndpointSecret>of("EndpointPublicKey")
          .always(SigningKeyJson.KID, secret -> publicKey(secret).kid())
          .always(SigningKeyJson.PUBLIC_KEY, EndpointJson::publicKey)
          .orNull(
              FieldSpec.of(
                  "until", FieldKind.time(), "When it stops signing; null for the current one."),
              EndpointSecret::expiresAt);

  /** An endpoint as the API returns it. */
  public static final ResponseShape<EndpointView> ENDPOINT =
      statusFields(settings(ResponseShape.of("Endpoint")))
          .orNull(EndpointFields.RETRY, view -> PolicyJson.RETRY.json(view.endpoint().retry()))
          .orNull(EndpointFields.TIMEOUT, view -> timeout(view.endpoint()))
          .orNull(
              EndpointFields.AUTH.saying(
                  "How requests authenticate to the receiver, with secrets masked; null for no"
                      + " authentication."),
              view -> auth(view.endpoint().auth()))
          .orNull(
              EndpointFields.BODY, view -> BodyJson.BODY.json(view.endpoint().body().settings()))
          .orNull(
              FieldSpec.of(
                  "bodyVersion",
                  FieldKind.integer(1, Integer.MAX_VALUE),
                  "Counts the changes of body; null if it was never set."),
              view ->
                  view.endpoint().body().version() == 0 ? null : view.endpoint().body().version())
          .orNull(
              EndpointFields.CLIENT_CERTIFICATE.saying(
                  "Certificate by which requests authenticate in the TLS handshake, with its key"
                      + " masked; null for none."),
              view -> certificate(view.endpoint().tls().clientCertificate()))
          .orNull(EndpointFields.TRUSTED_CA, view -> view.endpoint().tls().trustedCa())
          .orNull(EndpointFields.EGRESS, view -> view.endpoint().egress())
          .always(
              EndpointFields.PROPAGATE_TRACE,
              view -> view.endpoint().settings().request().propagateTrace())
          .always(SuccessStatuses.FIELD, view -> view.endpoint().successStatuses().entries())
          .orNull(EndpointFields.LIMITS, view -> PolicyJson.LIMITS.json(view.endpoint().limits()))
          .orNull(
              EndpointFields.FILTER.saying(
                  "The condition that an event's data must meet; null for no filter."),
              EndpointView::filter)
          .always(EndpointFields.ORDER, view -> view.endpoint().order().code())
          .orNull(
              EndpointFields.ON_EXHAUSTION.saying(
                  "Whether a delivery that is out of retries blocks its orderingKey, or the next"
                      + " event is sent; null unless order is by-key."),
              view -> view.endpoint().order().onExhaustion())
          .always(Ownership.URL_FROM, view -> view.endpoint().ownership().urlFrom().code())
          .always(Ownership.MANAGED_BY, view -> view.endpoint().ownership().managedBy().code())
          .orNull(
              EndpointFields.QLM_SECRET.saying("******** if the endpoint has its own QLM key."),
              view -> view.endpoint().signing().qlmSecret() == null ? null : SettingsByName.MASK)
          .orNull(
              FieldSpec.of(
                  "oldSecretUntil", FieldKind.time(), "When the previous secret stops signing."),
              view -> view.endpoint().signing().oldSecretsUntil())
          .always(
              FieldSpec.of(
                  "publicKeys",
                  PUBLIC_KEY.asList(),
                  "Public keys of its own key pairs, the current one first; empty while it has"
                      + " none."),
              view -> PUBLIC_KEY.list(keyPairs(view.endpoint())))
          .always(
              FieldSpec.of("createdAt", FieldKind.time(), "Time of registration."),
              view -> view.endpoint().createdAt())
          .ifAny(
              FieldSpec.of(
                  "warnings",
                  FieldKind.list(FieldKind.text()),
                  "Possible mistakes in what was just created or changed, such as a host name"
                      + " that does not resolve; absent if there are none."),
              view -> view.warnings().isEmpty() ? null : view.warnings());

  /** An endpoint with its secret, returned only on creation. */
  public static final ResponseShape<Revealed> REVEALED =
      ENDPOINT
          .as("EndpointWithSecret", Revealed::view)
          .always(
              FieldSpec.of(
                      "secret",
                      FieldKind.text(),
                      "Signing secret, shown only once; of a key pair the public key (whpk_).")
                  .example("whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"),
              Revealed::secret);

  /** A page of endpoints. */
  public static final ResponseShape<Page<EndpointView>> PAGE = ENDPOINT.page("Endpoints");

  /** The result of a test before registration. */
  public static final ResponseShape<EndpointTrial> TRIED =
      ResponseShape.<EndpointTrial>of("Tried")
          .always(
              FieldSpec.of("attempt", AttemptJson.ATTEMPT.asKind(), "How the attempt ended."),
              trial -> AttemptJson.ATTEMPT.json(trial.attempt()))
          .always(
              FieldSpec.of(
                      "secret",
                      FieldKind.text(),
                      "The secret that signed the test event; pass it when you register the"
                          + " endpoint, or discard it. Of a key pair the public key (whpk_).")
                  .example("whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"),
              trial -> trial.secret().forReceiver())
          .always(
              FieldSpec.of(
                  "warnings",
                  FieldKind.list(FieldKind.text()),
                  "Possible mistakes, such as a URL that another endpoint has."),
              EndpointTrial::warnings);

  /** Names of the read-only fields, which requests cannot set. */
  public static final Set<String> READ_ONLY = readOnly();

  private EndpointJson() {}

  /** An endpoint with its secret. */
  public record Revealed(EndpointView view, String secret) {}

  private static ResponseShape<EndpointView> settings(ResponseShape<EndpointView> shape) {
    return shape
        .always(
            FieldSpec.of("id", EndpointFields.ID, "The endpoint's id.")
                .example("ep_01m89rmsm2e00bctbf2wktq7j8"),
            view -> view.endpoint().id())
        .always(
            EndpointFields.URL.saying("Destination of requests."),
            view -> view.endpoint().url().text())
        .always(
            EndpointFields.EVENT_TYPES,
            view -> view.endpoint().eventTypes().stream().map(EventTypeFilter::pattern).toList())
        .always(EndpointFields.DESCRIPTION, view -> view.endpoint().description())
        .orNull(EndpointFields.UID, view -> view.endpoint().uid())
        .always(EndpointFields.LABELS, view -> view.endpoint().labels())
        .always(EndpointFields.METADATA, view -> view.endpoint().metadata())
        .always(
            EndpointFields.HEADERS.saying("Sent with every request; secret values are masked."),
            EndpointView::headers)
        .always(
            EndpointFields.SECRET_HEADERS.saying("Names of headers whose values are masked."),
            view ->
                view.endpoint().headers().stream()
                    .filter(CustomHeader::isSecret)
                    .map(CustomHeader::name)
                    .toList())
        .always(
            EndpointFields.SIGNATURES.saying(
                "How requests are signed: profiles; one without options and end date is a plain"
                    + " string."),
            view ->
                view.endpoint().signing().signatures().stream()
                    .map(EndpointJson::signature)
                    .toList());
  }

  private static ResponseShape<EndpointView> statusFields(ResponseShape<EndpointView> shape) {
    return shape
        .always(
            FieldSpec.of("health", HEALTH.asKind(), HEALTH.help()),
            view -> HEALTH.json(view.health()))
        .always(EndpointFields.ENABLED, view -> view.endpoint().enabled())
        .orNull(
            FieldSpec.of(
                "disabledReason",
                FieldKind.text(),
                "Why Hookferry disabled it; null if it is enabled, or paused by a user."),
            view -> view.endpoint().status().reason())
        .orNull(
            FieldSpec.of(
                "stateSince",
                FieldKind.time(),
                "Time of the last change of enabled; null if it never changed."),
            view -> view.endpoint().status().since())
        .orNull(
            FieldSpec.of(
                "releasePerSecond",
                FieldKind.integer(1, EndpointStatus.MAX_PER_SECOND),
                "Release rate per node for deliveries held until stateSince."),
            view -> view.endpoint().status().perSecond())
        .orNull(
            FieldSpec.of(
                "disablesAt",
                FieldKind.time(),
                "When it will be disabled, unless an attempt succeeds or the URL changes before then."),
            view -> view.endpoint().status().disablesAt());
  }

  private static @Nullable Object certificate(@Nullable ClientCertificate certificate) {
    return certificate == null ? null : certificate.shown();
  }

  private static @Nullable Object auth(@Nullable EndpointAuth auth) {
    return auth == null ? null : Map.of(auth.kind(), auth.shown());
  }

  private static Object signature(Signature signature) {
    String profile = signature.profile().code();
    if (signature.isPlain()) {
      return profile;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(SignatureFields.PROFILE.name(), profile);
    json.putAll(signature.options());
    Instant until = signature.until();
    if (until != null) {
      json.put(SignatureFields.UNTIL.name(), until.toString());
    }
    return json;
  }

  private static Set<String> readOnly() {
    Set<String> names = new HashSet<>();
    ENDPOINT.cells().forEach(cell -> names.add(cell.field().name()));
    names.removeAll(EndpointFields.CHANGE.names());
    return Set.copyOf(names);
  }

  private static @Nullable String timeout(Endpoint endpoint) {
    Duration own = endpoint.timeout();
    return own == null ? null : DurationText.of(own);
  }

  private static List<EndpointSecret> keyPairs(Endpoint endpoint) {
    return endpoint.signing().secrets().stream().filter(s -> s.publicKey() != null).toList();
  }

  private static Ed25519PublicKey publicKey(EndpointSecret secret) {
    return Objects.requireNonNull(secret.publicKey(), "publicKey");
  }
}
