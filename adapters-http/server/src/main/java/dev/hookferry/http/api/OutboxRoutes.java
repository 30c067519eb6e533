package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.Webhooks;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.outbox.OutboxStatus;
import dev.hookferry.outbox.RejectedRow;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Calls about outboxes and their rejected rows. */
final class OutboxRoutes {
  private static final int MOST_DIGITS = 18;

  private final Webhooks webhooks;

  OutboxRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply list(Call call) {
    call.query().check();
    Page<OutboxStatus> all = new Page<>(webhooks.outboxes().list(), null);
    return HttpReply.ok(JsonOutput.page(OutboxRoutes::write, all));
  }

  HttpReply rejected(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    return HttpReply.ok(
        JsonOutput.page(OutboxRoutes::write, webhooks.outboxes().rejected(name(call), part)));
  }

  HttpReply retry(Call call) {
    RowSelection rows = selection(call);
    return counted("retried", webhooks.actingAs(call.actor()).outboxes().retry(name(call), rows));
  }

  HttpReply discard(Call call) {
    RowSelection rows = selection(call);
    return counted(
        "discarded", webhooks.actingAs(call.actor()).outboxes().discard(name(call), rows));
  }

  private static String name(Call call) {
    return call.id("outbox", text -> text);
  }

  /** Ids are strings, since JavaScript's numbers cannot hold every one. */
  private static RowSelection selection(Call call) {
    RequestFields fields = call.givenFields("ids", "all");
    boolean all = Boolean.TRUE.equals(fields.flag("all"));
    List<String> texts = fields.texts("ids");
    fields
        .problems()
        .require(
            all != (texts != null),
            "ids",
            "must name the rows; to select every rejected row, send all: true instead");
    Set<Long> ids = new TreeSet<>();
    for (String text : texts == null ? List.<String>of() : texts) {
      boolean isNumber = text.matches("[0-9]{1," + MOST_DIGITS + "}");
      fields.problems().require(isNumber, "ids", "must be ids of rejected rows, such as \"17\"");
      if (isNumber) {
        ids.add(Long.parseLong(text));
      }
    }
    fields.check();
    return all ? RowSelection.ALL : RowSelection.of(ids);
  }

  private static HttpReply counted(String word, int count) {
    return HttpReply.ok(
        json -> {
          json.writeStartObject();
          json.writeNumberField(word, count);
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, OutboxStatus outbox) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", outbox.name());
    json.writeStringField("state", outbox.state());
    json.writeStringField("problem", outbox.problem());
    json.writeStringField("database", outbox.place());
    json.writeStringField("table", outbox.table());
    number(json, "pending", outbox.pending());
    JsonOutput.time(json, "oldestAt", outbox.oldest());
    number(json, "rejected", outbox.rejected());
    json.writeNumberField("relayedSinceStart", outbox.relayed());
    json.writeNumberField("rejectedSinceStart", outbox.refused());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, @Nullable Long value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  private static void write(JsonGenerator json, RejectedRow row) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", Long.toString(row.id()));
    json.writeStringField("eventId", row.eventId());
    json.writeStringField("site", row.site());
    json.writeStringField("type", row.type());
    json.writeStringField("data", row.data());
    json.writeStringField("reason", row.reason());
    JsonOutput.time(json, "rejectedAt", row.rejectedAt());
    json.writeEndObject();
  }
}
