package dev.hookferry.http.api;

import dev.hookferry.Webhooks;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.resource.OutboxJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.outbox.OutboxStatus;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Calls about outboxes and their rejected rows. */
final class OutboxRoutes {
  private final Webhooks webhooks;

  OutboxRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply list(Call call) {
    call.query().check();
    Page<OutboxStatus> all = new Page<>(webhooks.outboxes().list(), null);
    return HttpReply.ok(JsonOutput.one(OutboxJson.PAGE, all));
  }

  HttpReply rejected(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    return HttpReply.ok(
        JsonOutput.one(OutboxJson.ROWS, webhooks.outboxes().rejected(name(call), part)));
  }

  HttpReply retry(Call call) {
    RowSelection rows = selection(call);
    int count = webhooks.actingAs(call.actor()).outboxes().retry(name(call), rows);
    return HttpReply.ok(JsonOutput.one(OutboxJson.RETRIED, count));
  }

  HttpReply discard(Call call) {
    RowSelection rows = selection(call);
    int count = webhooks.actingAs(call.actor()).outboxes().discard(name(call), rows);
    return HttpReply.ok(JsonOutput.one(OutboxJson.DISCARDED, count));
  }

  private static String name(Call call) {
    return call.id("outbox", text -> text);
  }

  /** Parses the row ids. They are strings, because JavaScript numbers cannot represent every id. */
  private static RowSelection selection(Call call) {
    RequestFields fields = call.given(OutboxJson.SELECTION);
    FieldValues values = OutboxJson.SELECTION.read(fields);
    boolean all = values.get(OutboxJson.EVERY, false);
    List<String> texts = values.get(OutboxJson.IDS);
    fields
        .problems()
        .require(
            all != (texts != null),
            "ids",
            "must name the rows; to select every rejected row, send all: true instead");
    String newest = values.get(OutboxJson.NEWEST);
    fields
        .problems()
        .require(
            newest == null || (all && OutboxJson.ROW_ID.allows(newest)),
            "newest",
            "must be the id of a rejected row, such as \"17\", and needs all: true");
    Set<Long> ids = new TreeSet<>();
    for (String text : texts == null ? List.<String>of() : texts) {
      boolean isNumber = OutboxJson.ROW_ID.allows(text);
      fields.problems().require(isNumber, "ids", "must be ids of rejected rows, such as \"17\"");
      if (isNumber) {
        ids.add(Long.parseLong(text));
      }
    }
    fields.check();
    if (!all) {
      return RowSelection.of(ids);
    }
    return newest == null ? RowSelection.ALL : RowSelection.allUpTo(Long.parseLong(newest));
  }
}
