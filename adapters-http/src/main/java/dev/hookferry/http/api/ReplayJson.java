package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.ReplayJobs;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayProgress;
import java.io.IOException;
import java.util.Map;

/** Replays as JSON. */
final class ReplayJson {
  private ReplayJson() {}

  static void write(JsonGenerator json, ReplayJob job) throws IOException {
    EventType type = job.window().type();
    DeliveryState status = job.window().status();
    ReplayProgress progress = job.progress();
    json.writeStartObject();
    JsonOutput.text(json, "id", job.id());
    json.writeStringField("state", job.state().word());
    json.writeNumberField("rate", job.rate());
    JsonOutput.time(json, "since", job.window().since());
    JsonOutput.time(json, "until", job.window().until());
    JsonOutput.text(json, "endpoint", job.window().endpoint());
    JsonOutput.text(json, "type", type == null ? null : type.name());
    JsonOutput.text(json, "status", status == null ? null : status.word());
    if (progress.expected() < 0) {
      json.writeNullField("expected");
    } else {
      json.writeNumberField("expected", progress.expected());
    }
    json.writeNumberField("sent", progress.sent());
    json.writeNumberField("skipped", progress.skipped());
    json.writeStringField("note", progress.note());
    JsonOutput.time(json, "startedAt", job.startedAt());
    JsonOutput.time(json, "endedAt", job.endedAt());
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
    JsonOutput.texts(
        json,
        "samples",
        preview.samples().stream().map(delivery -> delivery.id().toString()).toList());
    json.writeEndObject();
  }
}
