package dev.hookferry.http.api;

import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.field.DurationText;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointState;
import dev.hookferry.retry.RetryFields;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.SettingsByName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes endpoints as JSON, with every secret masked. */
public final class EndpointJson {
  /** The health of an endpoint. */
  public static final ResponseShape<EndpointHealth> HEALTH =
      ResponseShape.<EndpointHealth>of("EndpointHealth")
          .saying("Health as seen by the replying node since its start.")
          .always(
              FieldSpec.of(
                  "state",
                  FieldKind.choice(
                      Stream.of(EndpointHealth.State.values())
                          .map(EndpointHealth.State::code)
                          .toArray(String[]::new)),
                  "Whether attempts succeed."),
              health -> health.state().code())
          .always(
              FieldSpec.of(
                  "failures",
                  FieldKind.whole(0, Integer.MAX_VALUE),
                  "Consecutive failed attempts."),
              EndpointHealth::failures)
          .orNull(
              FieldSpec.of(
                  "restsUntil",
                  FieldKind.time(),
                  "End of the back-off; null if it is not backing off."),
              EndpointHealth::restsUntil)
          .orNull(
              FieldSpec.of(
                  "ownFault",
                  OwnFaultJson.FAULT.asKind(),
                  "Failure of the replying node that keeps attempts from reaching the endpoint;"
                      + " null if there is none."),
              health -> OwnFaultJson.of(health.ownFault()));

  private static final ResponseShape<RetrySettings> RETRY =
      ResponseShape.<RetrySettings>of(RetryFields.ALL.name())
          .always(RetryFields.MAX_RETRIES, RetrySettings::maxRetries)
          .always(RetryFields.INTERVAL_SECONDS, retry -> retry.interval().toSeconds())
          .always(RetryFields.BACKOFF, retry -> word(retry.backoff()));

  /** An endpoint as the API returns it. */
  public static final ResponseShape<EndpointView> ENDPOINT =
      statusFields(settings(ResponseShape.of("Endpoint")))
          .always(
              FieldSpec.of("health", HEALTH.asKind(), HEALTH.help()),
              view -> JsonOutput.one(HEALTH, view.health()))
          .orNull(EndpointFields.RETRY, view -> retry(view.endpoint()))
          .orNull(EndpointFields.TIMEOUT, view -> timeout(view.endpoint()))
          .orNull(
              EndpointFields.QLM_SECRET.saying("******** if the endpoint has its own QLM key."),
              view -> view.endpoint().signing().qlmSecret() == null ? null : SettingsByName.MASK)
          .orNull(
              FieldSpec.of(
                  "oldSecretUntil", FieldKind.time(), "When the previous secret stops signing."),
              view -> oldSecretUntil(view.endpoint()))
          .always(
              FieldSpec.of("createdAt", FieldKind.time(), "Time of registration."),
              view -> view.endpoint().createdAt())
          .ifAny(
              FieldSpec.of(
                  "warnings",
                  FieldKind.list(FieldKind.text(), 0, Integer.MAX_VALUE),
                  "Possible mistakes in what was just created or changed, such as a host name"
                      + " that does not resolve; absent if there are none."),
              view -> view.warnings().isEmpty() ? null : view.warnings());

  /** An endpoint with its secret, returned only on creation. */
  public static final ResponseShape<Revealed> REVEALED =
      ENDPOINT
          .as("EndpointWithSecret", Revealed::view)
          .always(
              FieldSpec.of(
                      "secret", FieldKind.pattern("^whsec_"), "Signing secret; shown only once.")
                  .example("whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"),
              Revealed::secret);

  /** The fields of a response that requests cannot set. */
  static final Set<String> READ_ONLY = readOnly();

  private EndpointJson() {}

  /** An endpoint with its {@code whsec_} secret. */
  public record Revealed(EndpointView view, String secret) {}

  /** Returns the result of a test before registration. */
  static JsonOutput.Writing of(Endpoints.Trial trial) {
    return json -> {
      json.writeStartObject();
      json.writeFieldName("attempt");
      AttemptJson.write(json, trial.attempt());
      json.writeStringField("secret", trial.secret().reveal());
      JsonOutput.texts(json, "warnings", trial.warnings());
      json.writeEndObject();
    };
  }

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
            EndpointFields.SIGNATURES
                .saying("How requests are signed.")
                .example(List.of("qlm", "standard")),
            view ->
                view.endpoint().signing().schemes().stream()
                    .sorted()
                    .map(EndpointJson::word)
                    .toList());
  }

  private static ResponseShape<EndpointView> statusFields(ResponseShape<EndpointView> shape) {
    return shape
        .always(
            FieldSpec.of(
                "state",
                FieldKind.choice(
                    Stream.of(EndpointState.Kind.values())
                        .map(EndpointState.Kind::code)
                        .toArray(String[]::new)),
                "State as seen by the replying node."),
            view -> view.state().kind().code())
        .orNull(
            FieldSpec.of("stateReason", FieldKind.text(), "Reason for people; null while working."),
            view -> view.state().reason().isEmpty() ? null : view.state().reason())
        .always(EndpointFields.ENABLED, view -> view.endpoint().enabled())
        .orNull(
            FieldSpec.of(
                "disabledReason",
                FieldKind.text(),
                "Why Hookferry disabled it; null if it is enabled, or paused by a person."),
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
                FieldKind.whole(1, EndpointStatus.MAX_PER_SECOND),
                "Release rate per node for deliveries held until stateSince."),
            view -> view.endpoint().status().perSecond());
  }

  private static Set<String> readOnly() {
    Set<String> names = new HashSet<>();
    ENDPOINT.cells().forEach(cell -> names.add(cell.field().name()));
    names.removeAll(EndpointFields.CHANGE.names());
    return Set.copyOf(names);
  }

  private static JsonOutput.@Nullable Writing retry(Endpoint endpoint) {
    RetrySettings retry = endpoint.retry();
    return retry == null ? null : JsonOutput.one(RETRY, retry);
  }

  private static @Nullable String timeout(Endpoint endpoint) {
    Duration own = endpoint.timeout();
    return own == null ? null : DurationText.of(own);
  }

  private static @Nullable Instant oldSecretUntil(Endpoint endpoint) {
    return endpoint.signing().secrets().stream()
        .map(EndpointSecret::expiresAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
