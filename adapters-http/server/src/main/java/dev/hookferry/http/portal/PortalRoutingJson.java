package dev.hookferry.http.portal;

import dev.hookferry.event.Event;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.filter.FilterMismatch;
import dev.hookferry.http.resource.RoutingJson;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.portal.ScopedRouting;
import dev.hookferry.routing.EndpointRouting;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON that explains why a customer's endpoints got an event, or did not. */
public final class PortalRoutingJson {
  private static final Set<String> SHOWN =
      Set.of("endpoint", "url", "outcome", "delivery", "status", "clause", "path");

  /** Reason why an endpoint got the event, or did not. */
  public static final ResponseShape<Reason> ROUTING =
      new ResponseShape<Reason>("PortalRouting", "", List.of())
          .with(
              new ResponseShape<>(
                  "",
                  "",
                  RoutingJson.ROUTING.cells().stream()
                      .filter(cell -> SHOWN.contains(cell.field().name()))
                      .toList()),
              reason -> reason.routing().routing())
          .always(
              FieldSpec.of("reason", FieldKind.text(), "The outcome as a sentence."),
              PortalRoutingJson::reason)
          .ifAny(
              FieldSpec.of(
                  "found",
                  FieldKind.text(),
                  "The value at the path, as JSON; absent if there is none, or payloads do not show"
                      + " it."),
              PortalRoutingJson::found);

  /** An event, and why each endpoint of the session got it, or did not. */
  public static final ResponseShape<Explained> EXPLAINED =
      ResponseShape.<Explained>of("PortalEventRouting")
          .always(
              FieldSpec.of("event", FieldKind.text(), "The event's id."), one -> one.event().id())
          .always(
              FieldSpec.of("eventType", FieldKind.text(), "Its type."), one -> one.event().type())
          .always(
              FieldSpec.of("acceptedAt", FieldKind.time(), "When the event was accepted."),
              one -> one.event().acceptedAt())
          .always(
              FieldSpec.of("data", ROUTING.asList(), "The endpoints of the session, newest first."),
              one -> ROUTING.list(one.reasons()));

  private PortalRoutingJson() {}

  private static String reason(Reason one) {
    EndpointRouting routing = one.routing().routing();
    FilterMismatch mismatch = routing.mismatch();
    return switch (routing.outcome()) {
      case NOT_SUBSCRIBED -> "not subscribed to " + one.event().type();
      case NOT_ADDRESSED -> "the event was sent to chosen endpoints only";
      case LABEL -> "the event is for endpoints with other labels";
      case FILTER ->
          "its filter does not match: " + (mismatch == null ? "" : said(mismatch, one.routing()));
      case NOT_ROUTABLE -> "the event has no value that the URL needs";
      case CHANGED_SINCE -> "the endpoint was created or changed after the event";
      case PAUSED, DISABLED, DELIVERED ->
          routing.delivery() == null
              ? "sending is switched off"
              : "sent to it; " + routing.delivery().state().code();
    };
  }

  private static String said(FilterMismatch mismatch, ScopedRouting routing) {
    return routing.showsValue() ? mismatch.toString() : mismatch.requirement();
  }

  private static @Nullable String found(Reason one) {
    FilterMismatch mismatch = one.routing().routing().mismatch();
    return mismatch == null || !one.routing().showsValue() ? null : mismatch.found();
  }

  /** The reason of one endpoint. */
  record Reason(Event event, ScopedRouting routing) {}

  /** The reasons of all endpoints. */
  record Explained(Event event, List<Reason> reasons) {}
}
