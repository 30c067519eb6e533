package dev.hookferry.http.resource;

import dev.hookferry.Replays;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.IntegerKind;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.query.Page;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.replay.ReplayJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Replays as the API returns them. */
public final class ReplayJson {
  private static final IntegerKind COUNT = FieldKind.count();

  /** A replay job as the API returns it. */
  public static final ResponseShape<ReplayJob> JOB =
      progress(window(ResponseShape.of("ReplayJob")))
          .always(
              FieldSpec.of("note", FieldKind.text(), "Why the job ended early, or empty."),
              job -> job.progress().note())
          .always(
              FieldSpec.of("startedAt", FieldKind.time(), "Time of the start."),
              ReplayJob::startedAt)
          .orNull(
              FieldSpec.of("endedAt", FieldKind.time(), "Time of the end."), ReplayJob::endedAt);

  /** A page of jobs. */
  public static final ResponseShape<Page<ReplayJob>> PAGE = JOB.page("ReplayJobs");

  /** The result of an immediate replay. */
  public static final ResponseShape<Counted> COUNTED =
      ResponseShape.<Counted>of("Replayed")
          .always(
              FieldSpec.of("count", COUNT, "Number of deliveries replayed, or only counted.")
                  .example(20),
              Counted::count)
          .always(
              FieldSpec.of("dryRun", FieldKind.flag(), "Whether they were only counted.")
                  .example(true),
              counted -> counted.byStatus() != null)
          .ifAny(
              byStatus(" Only with dryRun."),
              counted -> counted.byStatus() == null ? null : codes(counted.byStatus()));

  /** The result of counting the deliveries that a replay would send. */
  public static final ResponseShape<Replays.Preview> PREVIEW =
      ResponseShape.<Replays.Preview>of("ReplayPreview")
          .always(
              FieldSpec.of("count", COUNT, "Number of deliveries found.").example(20),
              Replays.Preview::count)
          .always(
              FieldSpec.of(
                      "more",
                      FieldKind.flag(),
                      "Whether there are further deliveries that were not counted.")
                  .example(false),
              Replays.Preview::more)
          .always(
              FieldSpec.of(
                      "byEndpoint",
                      FieldKind.map(COUNT, Integer.MAX_VALUE),
                      "Number of deliveries by endpoint.")
                  .example(Map.of("ep_01m89rmsm2e00bctbf2wktq7j8", 20)),
              preview -> byEndpoint(preview.byEndpoint()))
          .always(byStatus(""), preview -> codes(preview.byStatus()))
          .always(
              FieldSpec.of(
                      "samples",
                      FieldKind.list(FieldKind.text()),
                      "The newest of these deliveries; none with missing.")
                  .example(List.of("dlv_01m89rmsj1e00a2m0x5k4c3v2b")),
              preview ->
                  preview.samples().stream().map(delivery -> delivery.id().toString()).toList());

  private ReplayJson() {}

  /**
   * The number of deliveries in a replay's window.
   *
   * @param count how many were replayed, or would be
   * @param byStatus their number by status; null if they were replayed
   */
  public record Counted(int count, @Nullable Map<DeliveryState, Integer> byStatus) {
    /** Returns the number of deliveries that were replayed. */
    public static Counted sent(int count) {
      return new Counted(count, null);
    }

    /** Returns the number of deliveries that would be created; they have no status yet. */
    public static Counted missing(Replays.Preview preview) {
      return new Counted((int) preview.count(), Map.of());
    }

    /** Returns the number of deliveries that would be replayed, in total and by status. */
    public static Counted only(Map<DeliveryState, Integer> counts) {
      return new Counted(counts.values().stream().mapToInt(Integer::intValue).sum(), counts);
    }
  }

  private static ResponseShape<ReplayJob> window(ResponseShape<ReplayJob> shape) {
    return shape
        .always(
            FieldSpec.of("id", FieldKind.pattern("^rpl_[0-9a-z]{26}$"), "The job's id.")
                .example("rpl_01m895cq8ze0082dzyexwhmjcs"),
            ReplayJob::id)
        .always(
            FieldSpec.of(
                "state",
                FieldKind.choice("running", "paused", "done", "cancelled"),
                "State of the job."),
            job -> job.state().code())
        .always(ReplayFields.RATE, ReplayJob::rate)
        .always(ReplayFields.SINCE, job -> job.window().since())
        .always(ReplayFields.UNTIL, job -> job.window().until())
        .orNull(ReplayFields.ENDPOINT, job -> job.window().endpoint())
        .orNull(
            ReplayFields.TYPE.saying("The only event type; null if there are none or several."),
            job -> job.window().types().size() == 1 ? types(job).get(0) : null)
        .always(
            ReplayFields.TYPES.saying("The event types; empty for all.").example(List.of()),
            ReplayJson::types)
        .orNull(ReplayFields.EVENT, job -> job.window().event())
        .orNull(ReplayFields.STATUS_CODE, job -> job.window().statusCode())
        .ifAny(
            ReplayFields.FIELDS.saying("The values of fields; absent for all."),
            job -> job.window().fields().isEmpty() ? null : job.window().fields())
        .orNull(
            ReplayFields.STATUS.saying(
                "The only status that is replayed; null if there are several."),
            job -> statuses(job).size() == 1 ? statuses(job).get(0) : null)
        .always(
            ReplayFields.STATUSES
                .saying("The statuses that are replayed; empty if missing is true.")
                .example(List.of("exhausted", "poisoned")),
            ReplayJson::statuses);
  }

  private static ResponseShape<ReplayJob> progress(ResponseShape<ReplayJob> shape) {
    return shape
        .always(
            ReplayFields.MISSING.saying(
                "Whether it sends events that the endpoint never got, instead of past deliveries."),
            job -> job.window().missing())
        .orNull(
            FieldSpec.of(
                    "expected",
                    COUNT,
                    "Deliveries that matched at the start; null if more than 100,000.")
                .example(20),
            job -> job.progress().expected() < 0 ? null : job.progress().expected())
        .always(
            FieldSpec.of("sent", COUNT, "Deliveries scheduled again."),
            job -> job.progress().sent())
        .always(
            FieldSpec.of(
                "skipped", COUNT, "Deliveries not sent because their endpoint was removed."),
            job -> job.progress().skipped());
  }

  private static List<String> types(ReplayJob job) {
    return job.window().types().stream().map(EventType::name).sorted().toList();
  }

  private static List<String> statuses(ReplayJob job) {
    return job.window().missing()
        ? List.of()
        : job.window().statuses().stream().map(DeliveryState::code).toList();
  }

  private static FieldSpec<Map<String, Integer>> byStatus(String more) {
    return FieldSpec.of(
            "byStatus",
            FieldKind.map(COUNT, Integer.MAX_VALUE),
            "Number of deliveries by status; a status without deliveries is omitted, and so are all"
                + " with missing."
                + more)
        .example(Map.of("exhausted", 20));
  }

  private static Map<String, Number> codes(Map<DeliveryState, ? extends Number> counts) {
    Map<String, Number> codes = new LinkedHashMap<>();
    new TreeMap<>(counts).forEach((state, count) -> codes.put(state.code(), count));
    return codes;
  }

  private static Map<String, Long> byEndpoint(Map<EndpointId, Long> counts) {
    Map<String, Long> named = new LinkedHashMap<>();
    counts.forEach((endpoint, count) -> named.put(endpoint.toString(), count));
    return named;
  }
}
