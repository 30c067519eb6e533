package dev.hookferry.http.portal;

import dev.hookferry.Replays;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.replay.ReplayJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** JSON of the calls that send an endpoint the events that it never got. */
public final class PortalMissedJson {
  static final FieldSpec<Instant> SINCE =
      ReplayFields.SINCE.saying("Accepted at this time or later.");
  static final FieldSpec<Instant> UNTIL = ReplayFields.UNTIL.saying("Accepted before this time.");

  /** The fields of a request to count or send missed events. */
  public static final FieldTable PERIOD =
      FieldTable.of("PortalMissedPeriod", SINCE, UNTIL, ReplayFields.DRY_RUN).requiring(SINCE);

  /** Missed events of an endpoint: counted, or being sent. */
  public static final ResponseShape<Missed> MISSED =
      ResponseShape.<Missed>of("PortalMissedEvents")
          .always(
              FieldSpec.of("sending", FieldKind.flag(), "Whether they are being sent now.")
                  .example(true),
              Missed::sending)
          .orNull(
              FieldSpec.of(
                      "count",
                      FieldKind.count(),
                      "How many events the endpoint never got in the period; null if more than"
                          + " 100,000.")
                  .example(20),
              Missed::count)
          .always(
              FieldSpec.of("sent", FieldKind.count(), "How many of them have been sent so far.")
                  .example(0),
              Missed::sent);

  private PortalMissedJson() {}

  /**
   * Missed events of an endpoint.
   *
   * @param count null if there are more than can be counted
   */
  record Missed(boolean sending, @Nullable Long count, long sent) {
    /** The state when no missed events are being sent. */
    static final Missed NONE = new Missed(false, 0L, 0);

    static Missed counted(Replays.Preview preview) {
      return new Missed(false, preview.more() ? null : preview.count(), 0);
    }

    static Missed sentBy(ReplayJob job) {
      long expected = job.progress().expected();
      return new Missed(
          !job.state().isFinal(), expected < 0 ? null : expected, job.progress().sent());
    }
  }
}
