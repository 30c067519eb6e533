package dev.hookferry.http.api;

import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointState;
import dev.hookferry.retry.RetryFields;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.SettingsByName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Endpoints as JSON; of secrets only that they are there. */
public final class EndpointJson {
  /** How an endpoint fares. */
  public static final ResponseShape<EndpointHealth> HEALTH =
      ResponseShape.<EndpointHealth>of("EndpointHealth")
          .saying("Its health as the replying node sees it, since that node was started.")
          .always(
              FieldSpec.of(
                  "state",
                  FieldKind.choice(
                      Stream.of(EndpointHealth.State.values())
                          .map(EndpointHealth.State::word)
                          .toArray(String[]::new)),
                  "How it responds."),
              health -> health.state().word())
          .always(
              FieldSpec.of(
                  "failures",
                  FieldKind.whole(0, Integer.MAX_VALUE),
                  "Attempts that failed in a row."),
              EndpointHealth::failures)
          .orNull(
              FieldSpec.of(
                  "restsUntil",
                  new FieldKind.Time(),
                  "Until when nothing is sent; null if nothing holds it back."),
              EndpointHealth::restsUntil)
          .orNull(
              FieldSpec.of(
                  "ownFault",
                  OwnFaultJson.FAULT.asKind(),
                  "Why attempts fail at this node before they reach the endpoint; null if they do"
                      + " not."),
              health -> OwnFaultJson.of(health.ownFault()));

  private static final ResponseShape<RetrySettings> RETRY =
      ResponseShape.<RetrySettings>of(RetryFields.ALL.name())
          .always(RetryFields.MAX_RETRIES, RetrySettings::maxRetries)
          .always(RetryFields.INTERVAL_SECONDS, retry -> retry.interval().toSeconds())
          .always(RetryFields.BACKOFF, retry -> word(retry.backoff()));

  /** An endpoint. */
  public static final ResponseShape<EndpointView> ENDPOINT =
      standing(settings(ResponseShape.of("Endpoint")))
          .always(
              FieldSpec.of("health", HEALTH.asKind(), HEALTH.help()),
              view -> JsonOutput.one(HEALTH, view.health()))
          .orNull(EndpointFields.RETRY, view -> retry(view.endpoint()))
          .orNull(
              EndpointFields.QLM_SECRET.saying("******** if it has a QLM key of its own."),
              view -> view.endpoint().signing().qlmSecret() == null ? null : SettingsByName.MASK)
          .orNull(
              FieldSpec.of(
                  "oldSecretUntil",
                  new FieldKind.Time(),
                  "Until when a rotated secret still signs besides the new one."),
              view -> oldSecretUntil(view.endpoint()))
          .always(
              FieldSpec.of("createdAt", new FieldKind.Time(), "When it was registered."),
              view -> view.endpoint().createdAt());

  /** An endpoint with its secret, which is shown once. */
  public static final ResponseShape<Revealed> REVEALED =
      ENDPOINT
          .as("EndpointWithSecret", Revealed::view)
          .always(
              FieldSpec.of("secret", FieldKind.pattern("^whsec_"), "Shown this once.")
                  .example("whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"),
              Revealed::secret)
          .ifAny(
              FieldSpec.of(
                  "warnings",
                  FieldKind.texts(FieldKind.text(), 0, Integer.MAX_VALUE),
                  "Possible mistakes, such as a host name that does not resolve; absent if there"
                      + " are none."),
              revealed -> revealed.warnings().isEmpty() ? null : revealed.warnings());

  private EndpointJson() {}

  /** An endpoint with its {@code whsec_} secret, and what may be a mistake. */
  public record Revealed(EndpointView view, String secret, List<String> warnings) {}

  /** What a trial came to. */
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
            FieldSpec.of("id", EndpointFields.ID, "Its id.")
                .example("ep_01m89rmsm2e00bctbf2wktq7j8"),
            view -> view.endpoint().id())
        .always(
            EndpointFields.URL.saying("Where requests go."), view -> view.endpoint().url().text())
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

  private static ResponseShape<EndpointView> standing(ResponseShape<EndpointView> shape) {
    return shape
        .always(
            FieldSpec.of(
                "state",
                FieldKind.choice(
                    Stream.of(EndpointState.Kind.values())
                        .map(EndpointState.Kind::word)
                        .toArray(String[]::new)),
                "In a word, as the replying node sees it."),
            view -> view.state().kind().word())
        .orNull(
            FieldSpec.of("stateReason", FieldKind.text(), "Why, for people; null while working."),
            view -> view.state().reason().isEmpty() ? null : view.state().reason())
        .always(EndpointFields.ENABLED, view -> view.endpoint().enabled())
        .orNull(
            FieldSpec.of(
                "disabledReason",
                FieldKind.text(),
                "Why Hookferry disabled it; null if it is enabled, or if a person paused it."),
            view -> view.endpoint().standing().reason())
        .orNull(
            FieldSpec.of(
                "stateSince",
                new FieldKind.Time(),
                "Since when it is enabled or not; null if it never changed."),
            view -> view.endpoint().standing().since())
        .orNull(
            FieldSpec.of(
                "releasePerSecond",
                FieldKind.whole(1, EndpointStatus.MAX_PER_SECOND),
                "How fast deliveries held until stateSince are released, on each node."),
            view -> view.endpoint().standing().perSecond());
  }

  private static JsonOutput.@Nullable Writing retry(Endpoint endpoint) {
    RetrySettings retry = endpoint.retry();
    return retry == null ? null : JsonOutput.one(RETRY, retry);
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
