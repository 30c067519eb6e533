package dev.hookferry.http.api;

import dev.hookferry.Endpoints;
import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.MappedBody;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.EventFields;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.publish.DataSlice;
import dev.hookferry.http.resource.BodyJson;
import dev.hookferry.http.resource.RoutingJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.query.PageRequest;
import dev.hookferry.routing.FilterTrial;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls that explain routing, try filters, and preview bodies. */
final class RoutingRoutes {
  private static final Filter NONE = Filter.parse("{}");
  private static final String DEFAULT_TYPE = "license_created";

  private final Webhooks webhooks;

  RoutingRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Explains for each endpoint of the site why it did or did not receive an event. */
  HttpReply routing(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    EventId event = call.id("event", EventId::new);
    return HttpReply.ok(
        JsonOutput.one(RoutingJson.PAGE, webhooks.events().routing(call.site(), event, part)));
  }

  /** Tries an endpoint's filter, or one from the request, on given data or past events. */
  HttpReply testFilter(Call call) {
    Endpoints endpoints = webhooks.endpoints();
    EndpointId id = call.id("endpoint", name -> endpoints.id(call.site(), name));
    Endpoint endpoint = endpoints.get(call.site(), id);
    RequestFields fields = call.givenFields(RoutingJson.TEST.names().toArray(String[]::new));
    Filter given = EndpointFields.FILTER.kind().read(fields, EndpointFields.FILTER.name());
    Integer last = RoutingJson.LAST.kind().read(fields, RoutingJson.LAST.name());
    Payload data = data(call);
    String event = fields.text(RoutingJson.EVENT.name());
    long sources = Stream.of("data", "event", "last").filter(fields::has).count();
    fields.problems().require(sources == 1, "", "must have exactly one of data, event and last");
    fields.check();
    Filter filter = given != null ? given : Objects.requireNonNullElse(endpoint.filter(), NONE);
    FilterTrial trial;
    if (data != null) {
      trial = webhooks.filters().onData(filter, data);
    } else if (event != null) {
      trial = webhooks.filters().onEvent(call.site(), filter, new EventId(event));
    } else {
      int count = Objects.requireNonNull(last, "last");
      trial = webhooks.filters().onLast(call.site(), filter, endpoint.eventTypes(), count);
    }
    return HttpReply.ok(JsonOutput.one(RoutingJson.TRIED, trial));
  }

  /**
   * Returns the default event type if the endpoint receives it or receives none, otherwise the
   * first that it receives.
   */
  private String typeOf(Endpoint endpoint) {
    List<String> received =
        webhooks.eventTypes().all(endpoint.site()).stream()
            .map(EventTypeDefinition::type)
            .filter(endpoint::isSubscribedTo)
            .map(EventType::name)
            .toList();
    return received.isEmpty() || received.contains(DEFAULT_TYPE) ? DEFAULT_TYPE : received.get(0);
  }

  /**
   * Builds the body that an endpoint would receive for an event or given data, with its own body
   * settings or those in the request.
   */
  HttpReply previewBody(Call call) {
    Endpoints endpoints = webhooks.endpoints();
    EndpointId id = call.id("endpoint", name -> endpoints.id(call.site(), name));
    Endpoint endpoint = endpoints.get(call.site(), id);
    RequestFields fields = call.given(BodyJson.PREVIEW);
    boolean isReset = fields.isNull(EndpointFields.BODY.name());
    BodySettings given = EndpointFields.BODY.kind().read(fields, EndpointFields.BODY.name());
    String type = BodyJson.TYPE.kind().read(fields, BodyJson.TYPE.name());
    Payload data = data(call);
    String event = fields.text(BodyJson.EVENT.name());
    fields
        .problems()
        .require((data == null) != (event == null), "", "must have exactly one of event and data");
    fields.check();
    BodySettings body = given == null && !isReset ? endpoint.body().settings() : given;
    Events events = webhooks.events();
    MappedBody mapped;
    if (event != null) {
      mapped = events.previewBody(call.site(), new EventId(event), body);
    } else {
      EventType known = new EventType(type == null ? typeOf(endpoint) : type);
      NewEvent fresh = NewEvent.of(known, Objects.requireNonNull(data, "data"));
      mapped = events.previewBody(call.site(), fresh, body);
    }
    return HttpReply.ok(JsonOutput.one(BodyJson.PREVIEWED, mapped));
  }

  /** Returns the data in a request byte for byte, because a preview shows it unchanged. */
  private static @Nullable Payload data(Call call) {
    return DataSlice.ofField(call.body(), Set.of(EventFields.DATA.name()));
  }
}
