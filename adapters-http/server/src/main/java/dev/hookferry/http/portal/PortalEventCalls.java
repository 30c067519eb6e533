package dev.hookferry.http.portal;

import dev.hookferry.event.Event;
import dev.hookferry.http.portal.PortalRoutingJson.Explained;
import dev.hookferry.http.portal.PortalRoutingJson.Reason;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.id.EventId;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalEvents;
import dev.hookferry.refusal.NotFoundException;
import java.util.List;

/** The portal's calls about events. */
final class PortalEventCalls {
  private final PortalTokenAuthenticator authenticator;

  PortalEventCalls(PortalTokenAuthenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** Explains why each endpoint of the session got an event, or did not. */
  HttpReply routing(Call call) {
    PortalAccess access = authenticator.access(call);
    call.query().check();
    EventId id = call.id("event", EventId::new);
    PortalEvents events = access.events();
    Event event = events.find(id).orElseThrow(() -> new NotFoundException("event", id));
    List<Reason> reasons =
        events.routing(event).stream().map(one -> new Reason(event, one)).toList();
    return HttpReply.ok(JsonOutput.one(PortalRoutingJson.EXPLAINED, new Explained(event, reasons)));
  }
}
