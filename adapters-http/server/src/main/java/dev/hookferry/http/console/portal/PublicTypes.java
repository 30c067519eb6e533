package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import java.time.Instant;
import java.util.List;

/** The content of the page of event types. */
public final class PublicTypes {
  private PublicTypes() {}

  /**
   * An event type.
   *
   * @param body an example as receivers get it; empty if there is none
   * @param schema the schema of its data; empty if there is none
   * @param targets the endpoints to which the example can be sent
   */
  public record TypeDetails(
      PortalViews.TypeLine line, String body, String schema, List<Target> targets) {}

  /** An endpoint to choose. */
  public record Target(String id, String name) {}

  static List<TypeDetails> of(Webhooks webhooks, PortalAccess access, Instant now) {
    Envelope envelope = webhooks.sites().get(access.session().site()).settings().envelope();
    List<Endpoint> endpoints = access.can(PortalCapability.TEST) ? access.endpoints() : List.of();
    return access.eventTypes().stream()
        .map(type -> details(type, envelope, endpoints, now))
        .toList();
  }

  private static TypeDetails details(
      EventTypeDefinition type, Envelope envelope, List<Endpoint> endpoints, Instant now) {
    String example = type.example();
    return new TypeDetails(
        PortalViews.line(type),
        example == null ? "" : PrettyJson.of(envelope.wrap(type.type(), now, Payload.of(example))),
        type.schema().map(one -> PrettyJson.of(Payload.of(one.schema()))).orElse(""),
        example == null
            ? List.of()
            : endpoints.stream()
                .filter(endpoint -> endpoint.isSubscribedTo(type.type()))
                .map(endpoint -> new Target(endpoint.id().toString(), endpoint.name()))
                .toList());
  }
}
