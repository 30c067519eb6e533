package dev.hookferry.http.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.resource.AttemptJson;
import dev.hookferry.http.resource.DeliveryJson;
import dev.hookferry.http.resource.EndpointJson;
import dev.hookferry.http.resource.EndpointView;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.QueryFields;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.Portal.StartedSession;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.Page;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.signing.SigningSecret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON of the portal: the operator's fields, without those that customers never see. */
public final class PortalJson {
  private static final Set<String> OF_ENDPOINT =
      Set.of(
          "id",
          "url",
          "eventTypes",
          "description",
          "labels",
          "headers",
          "secretHeaders",
          "enabled",
          "disabledReason",
          "stateSince",
          "releasePerSecond",
          "disablesAt",
          "filter",
          "successStatuses",
          "oldSecretUntil",
          "managedBy",
          "createdAt");

  private static final Set<String> OF_ATTEMPT =
      Set.of(
          "id",
          "delivery",
          "endpoint",
          "event",
          "eventType",
          "number",
          "startedAt",
          "durationMillis",
          "outcome",
          "statusCode",
          "url");

  /** The fields of a change of an endpoint. */
  public static final FieldTable ENDPOINT_CHANGE =
      FieldTable.of(
          "PortalEndpointChange",
          EndpointFields.URL,
          EndpointFields.EVENT_TYPES,
          EndpointFields.DESCRIPTION,
          EndpointFields.HEADERS,
          EndpointFields.SECRET_HEADERS,
          EndpointFields.FILTER);

  /** The fields of a new endpoint. */
  public static final FieldTable NEW_ENDPOINT =
      ENDPOINT_CHANGE
          .named("NewPortalEndpoint", "")
          .requiring(EndpointFields.URL, EndpointFields.EVENT_TYPES);

  static final FieldSpec<Integer> PER_SECOND =
      FieldSpec.of(
          "perSecond",
          FieldKind.integer(1, EndpointStatus.MAX_PER_SECOND),
          "Held deliveries to release per second.");

  /** The fields of a resumption. */
  public static final FieldTable RESUMPTION = FieldTable.of("PortalResumption", PER_SECOND);

  static final FieldSpec<Integer> OVERLAP =
      FieldSpec.of(
          "overlapSeconds",
          FieldKind.integer(0, (int) EndpointSigning.MAX_OVERLAP.toSeconds()),
          "How long the old secret keeps signing.");

  /** The fields of a rotation. */
  public static final FieldTable ROTATION = FieldTable.of("PortalRotation", OVERLAP);

  static final FieldSpec<Instant> RETRY_SINCE =
      FieldSpec.of("since", FieldKind.time(), "Created at this time or later.");
  static final FieldSpec<Instant> RETRY_UNTIL =
      FieldSpec.of("until", FieldKind.time(), "Created before this time.");
  static final FieldSpec<String> RETRY_ENDPOINT =
      FieldSpec.of("endpoint", FieldKind.text(), "To this endpoint only.");
  static final FieldSpec<String> RETRY_TYPE =
      FieldSpec.of("type", FieldKind.text(), "Of this event type only.");

  static final FieldSpec<Map<String, String>> RETRY_FIELDS =
      ReplayFields.FIELDS.saying(
          "Of events with these values in fields of their data, by name; see `searchFields` of the"
              + " event types.");

  /** The fields of a retry of several deliveries. */
  public static final FieldTable RETRY =
      FieldTable.of(
          "PortalRetry", RETRY_SINCE, RETRY_UNTIL, RETRY_ENDPOINT, RETRY_TYPE, RETRY_FIELDS);

  static final FieldSpec<String> CODE =
      FieldSpec.of("code", FieldKind.text(), "The last segment of the `url` of a link.");

  /** The fields of an exchange of a link's code for a session. */
  public static final FieldTable EXCHANGE = FieldTable.of("PortalCode", CODE).requiring(CODE);

  /** Reply of a retry: the number of deliveries retried. */
  public static final ResponseShape<Integer> RETRIED =
      ResponseShape.<Integer>of("PortalRetried")
          .always(
              FieldSpec.of("count", FieldKind.count(), "The number of retried deliveries."),
              count -> count);

  /** A newly started session. */
  public static final ResponseShape<StartedSession> OPENED =
      ResponseShape.<StartedSession>of("PortalSessionOpened")
          .always(
              FieldSpec.of("token", FieldKind.text(), "The session's token."),
              StartedSession::token)
          .always(
              FieldSpec.of("expiresAt", FieldKind.time(), "When it ends unless it is used."),
              opened -> opened.session().expiresAt())
          .always(
              FieldSpec.of("can", FieldKind.list(FieldKind.text()), "Capabilities of the session."),
              opened ->
                  opened.session().can().stream().map(PortalCapability::code).sorted().toList())
          .always(
              FieldSpec.of(
                  "labels", FieldKind.map(FieldKind.text(), 10), "The labels of its endpoints."),
              opened -> opened.session().labels());

  /** The health of an endpoint. */
  public static final ResponseShape<ShownEndpoint> HEALTH =
      ResponseShape.<ShownEndpoint>of("PortalHealth")
          .always(
              FieldSpec.of("state", FieldKind.text(), "Whether deliveries are sent."),
              shown -> shown.health().state().code())
          .orNull(
              FieldSpec.of(
                  "reason",
                  FieldKind.text(),
                  "Human-readable reason why deliveries do not go out; null if they do."),
              ShownEndpoint::reason);

  /** An endpoint; its secret is present only in replies that reveal it. */
  public static final ResponseShape<ShownEndpoint> ENDPOINT =
      new ResponseShape<ShownEndpoint>("PortalEndpoint", "", List.of())
          .with(only(EndpointJson.ENDPOINT, OF_ENDPOINT), ShownEndpoint::view)
          .always(
              FieldSpec.of("health", HEALTH.asKind(), "Its state."), shown -> HEALTH.json(shown))
          .ifAny(
              FieldSpec.of("secret", FieldKind.text(), "Its secret, shown only once."),
              shown -> shown.secret() == null ? null : shown.secret().forReceiver());

  public static final ResponseShape<Page<ShownEndpoint>> ENDPOINTS =
      ENDPOINT.page("PortalEndpoints");

  /** An attempt with the beginning of its response, which is hidden if it is a redirect. */
  public static final ResponseShape<Attempt> ATTEMPT =
      only(AttemptJson.ATTEMPT, OF_ATTEMPT)
          .orNull(
              FieldSpec.of("error", FieldKind.text(), "Human-readable reason for the failure."),
              attempt -> PortalReasons.of(attempt.outcome()))
          .orNull(
              FieldSpec.of("response", FieldKind.text(), "The first 4 KiB of the response."),
              PortalPayload::response);

  /** A delivery. */
  public static final ResponseShape<ShownDelivery> DELIVERY =
      new ResponseShape<ShownDelivery>("PortalDelivery", "", List.of())
          .with(
              only(
                  DeliveryJson.DELIVERY,
                  Set.of(
                      "id",
                      "event",
                      "eventType",
                      "endpoint",
                      "status",
                      "attempts",
                      "createdAt",
                      "nextAttemptAt",
                      "settledAt")),
              ShownDelivery::reasoned)
          .always(
              FieldSpec.of("reason", FieldKind.text(), "Why it has not ended, or how it ended."),
              ShownDelivery::reason);

  public static final ResponseShape<ListedDeliveries> DELIVERIES =
      DELIVERY
          .page("PortalDeliveries")
          .as("PortalDeliveries", ListedDeliveries::page)
          .ifAny(QueryFields.NOT_INDEXED_BEFORE, ListedDeliveries::notIndexedBefore);

  /** A delivery with its attempts and payload. */
  public static final ResponseShape<LoggedDelivery> WITH_LOG =
      DELIVERY
          .as("PortalDeliveryWithLog", LoggedDelivery::delivery)
          .always(
              FieldSpec.of("log", ATTEMPT.asList(), "Attempts, oldest first."),
              logged -> ATTEMPT.list(logged.log()))
          .ifAny(
              FieldSpec.of("payload", FieldKind.json(text -> text), "The payload."),
              logged -> logged.payload() == null ? null : JsonOutput.raw(logged.payload()));

  /** An event type. */
  public static final ResponseShape<EventTypeDefinition> EVENT_TYPE =
      ResponseShape.<EventTypeDefinition>of("PortalEventType")
          .always(FieldSpec.of("type", FieldKind.text(), "Its name."), EventTypeDefinition::type)
          .always(
              FieldSpec.of("description", FieldKind.text(), "The description."),
              EventTypeDefinition::description)
          .ifAny(
              FieldSpec.of("example", FieldKind.json(text -> text), "An example of its data."),
              type -> type.example() == null ? null : JsonOutput.raw(type.example()));

  public static final ResponseShape<ListedTypes> EVENT_TYPES =
      EVENT_TYPE
          .page("PortalEventTypes")
          .as("PortalEventTypes", ListedTypes::page)
          .always(
              FieldSpec.of(
                      "searchFields",
                      FieldKind.list(FieldKind.text()),
                      "The fields of the data by which deliveries can be searched.")
                  .example(List.of("ActivationKey")),
              ListedTypes::searchFields);

  private PortalJson() {}

  /** An endpoint as customers see it. */
  record ShownEndpoint(
      Endpoint endpoint,
      Map<String, String> headers,
      EndpointHealth health,
      @Nullable SigningSecret secret) {
    EndpointView view() {
      return new EndpointView(endpoint, headers, health, List.of());
    }

    @Nullable String reason() {
      String reason = PortalReasons.of(endpoint, health);
      return reason.isEmpty() ? null : reason;
    }

    ShownEndpoint with(@Nullable SigningSecret shown) {
      return new ShownEndpoint(endpoint, headers, health, shown);
    }
  }

  /** A delivery as customers see it. */
  record ShownDelivery(DeliveryJson.Reasoned reasoned, String reason) {
    static ShownDelivery of(Webhooks webhooks, Delivery delivery) {
      DeliveryJson.Reasoned reasoned = DeliveryJson.Reasoned.of(webhooks.deliveries(), delivery);
      return new ShownDelivery(reasoned, PortalReasons.of(webhooks, delivery, reasoned.reason()));
    }
  }

  /**
   * A page of deliveries.
   *
   * @param notIndexedBefore the time before which a search by fields may miss deliveries, or null
   */
  record ListedDeliveries(Page<ShownDelivery> page, @Nullable Instant notIndexedBefore) {}

  /** The event types, and the fields to search by. */
  record ListedTypes(Page<EventTypeDefinition> page, List<String> searchFields) {}

  /** A delivery with its attempts, and the visible part of its payload. */
  record LoggedDelivery(ShownDelivery delivery, List<Attempt> log, @Nullable String payload) {}

  private static <R> ResponseShape<R> only(ResponseShape<R> whole, Set<String> names) {
    return new ResponseShape<>(
        "Portal" + whole.name(),
        "",
        whole.cells().stream().filter(cell -> names.contains(cell.field().name())).toList());
  }
}
