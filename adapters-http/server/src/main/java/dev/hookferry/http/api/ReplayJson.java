package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.ReplayJobs;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.WholeKind;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.id.EndpointId;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.replay.ReplayJob;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes replays as JSON. */
public final class ReplayJson {
  private static final WholeKind COUNT = FieldKind.whole(0, Integer.MAX_VALUE);

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

  private ReplayJson() {}

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
        .orNull(ReplayFields.TYPE, job -> job.window().type())
        .orNull(
            ReplayFields.STATUS.saying(
                "The only status that is sent again; null if there are several."),
            job -> job.window().statuses().size() == 1 ? statuses(job).get(0) : null)
        .always(
            ReplayFields.STATUSES
                .saying("The final statuses that are sent again.")
                .example(List.of("exhausted", "poisoned")),
            ReplayJson::statuses);
  }

  private static ResponseShape<ReplayJob> progress(ResponseShape<ReplayJob> shape) {
    return shape
        .orNull(
            FieldSpec.of(
                    "expected",
                    COUNT,
                    "Deliveries that matched at the start; null if more than 100,000.")
                .example(20),
            job -> job.progress().expected() < 0 ? null : job.progress().expected())
        .always(
            FieldSpec.of("sent", COUNT, "Deliveries made due again."), job -> job.progress().sent())
        .always(
            FieldSpec.of(
                "skipped", COUNT, "Deliveries not sent because their endpoint was removed."),
            job -> job.progress().skipped());
  }

  private static List<String> statuses(ReplayJob job) {
    return job.window().statuses().stream().map(DeliveryState::code).toList();
  }

  /** Writes the number of deliveries that a replay would send now. */
  static void counted(JsonGenerator json, Map<DeliveryState, Integer> counts) throws IOException {
    json.writeStartObject();
    json.writeNumberField("count", counts.values().stream().mapToInt(Integer::intValue).sum());
    json.writeBooleanField("dryRun", true);
    byStatus(json, counts);
    json.writeEndObject();
  }

  private static void byStatus(JsonGenerator json, Map<DeliveryState, ? extends Number> counts)
      throws IOException {
    json.writeObjectFieldStart("byStatus");
    for (Map.Entry<DeliveryState, ? extends Number> one : new TreeMap<>(counts).entrySet()) {
      json.writeNumberField(one.getKey().code(), one.getValue().longValue());
    }
    json.writeEndObject();
  }

  static void preview(JsonGenerator json, ReplayJobs.Preview preview) throws IOException {
    json.writeStartObject();
    json.writeNumberField("count", preview.count());
    json.writeBooleanField("more", preview.more());
    json.writeObjectFieldStart("byEndpoint");
    for (Map.Entry<EndpointId, Long> one : preview.byEndpoint().entrySet()) {
      json.writeNumberField(one.getKey().toString(), one.getValue());
    }
    json.writeEndObject();
    byStatus(json, preview.byStatus());
    JsonOutput.texts(
        json,
        "samples",
        preview.samples().stream().map(delivery -> delivery.id().toString()).toList());
    json.writeEndObject();
  }
}
