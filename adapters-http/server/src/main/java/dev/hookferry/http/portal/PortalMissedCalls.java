package dev.hookferry.http.portal;

import dev.hookferry.field.FieldValues;
import dev.hookferry.http.portal.PortalMissedJson.Missed;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.MissedEvents;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.replay.ReplayJob;
import java.time.Instant;

/** The portal's calls that send an endpoint the events that it never got. */
final class PortalMissedCalls {
  private final PortalTokenAuthenticator authenticator;

  PortalMissedCalls(PortalTokenAuthenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** Returns how many missed events an endpoint is to get, and how many were sent so far. */
  HttpReply progress(Call call) {
    MissedEvents missed = missed(call);
    call.query().check();
    ReplayJob running = missed.running();
    return HttpReply.ok(shown(running == null ? Missed.NONE : Missed.sentBy(running)));
  }

  /** Starts sending the missed events of a period, or counts them if {@code dryRun} is set. */
  HttpReply send(Call call) {
    MissedEvents missed = missed(call);
    RequestFields fields = call.given(PortalMissedJson.PERIOD);
    FieldValues values = PortalMissedJson.PERIOD.read(fields);
    Instant since = values.get(PortalMissedJson.SINCE);
    Instant until = values.get(PortalMissedJson.UNTIL);
    fields.problems().require(since != null || !fields.problems().isEmpty(), "since", "is missing");
    fields
        .problems()
        .require(
            since == null || until == null || !until.isBefore(since),
            "until",
            "must not be before since");
    fields.check();
    TimeWindow period = TimeWindow.ALL.since(since).until(until);
    return HttpReply.ok(
        shown(
            Boolean.TRUE.equals(values.get(ReplayFields.DRY_RUN))
                ? Missed.counted(missed.count(period))
                : Missed.sentBy(missed.send(period))));
  }

  private MissedEvents missed(Call call) {
    PortalAccess access = authenticator.access(call);
    return PortalTokenAuthenticator.permitted(
        access, one -> one.missedEvents(call.id("endpoint", EndpointId::parse)));
  }

  private static JsonOutput.Writing shown(Missed missed) {
    return JsonOutput.one(PortalMissedJson.MISSED, missed);
  }
}
