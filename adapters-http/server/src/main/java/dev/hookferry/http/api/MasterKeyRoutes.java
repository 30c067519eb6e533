package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.MasterKeys;
import dev.hookferry.Webhooks;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Calls about master keys, which encrypt secrets. Replies contain their names only. */
final class MasterKeyRoutes {
  private final Webhooks webhooks;

  MasterKeyRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply get(Call call) {
    MasterKeys.Status status = webhooks.masterKeys().status();
    return HttpReply.ok(
        json -> {
          json.writeStartObject();
          write(json, status);
          json.writeEndObject();
        });
  }

  CompletableFuture<HttpReply> rotate(Call call) {
    call.fields().check();
    MasterKeys.Rotation done = webhooks.actingAs(call.actor()).masterKeys().rotate();
    return CompletableFuture.completedFuture(
        HttpReply.ok(
            json -> {
              json.writeStartObject();
              json.writeNumberField("rewrapped", done.rewrapped());
              write(json, done.status());
              json.writeEndObject();
            }));
  }

  private static void write(JsonGenerator json, MasterKeys.Status status) throws IOException {
    json.writeStringField("newest", status.newest());
    json.writeStringField("state", status.state().code());
    json.writeNumberField("unsealed", status.unsealed());
    json.writeNumberField("stale", status.stale());
    json.writeArrayFieldStart("keys");
    for (String id : status.readable()) {
      key(json, id, status, true);
    }
    for (String id : status.missing()) {
      key(json, id, status, false);
    }
    json.writeEndArray();
  }

  private static void key(JsonGenerator json, String id, MasterKeys.Status status, boolean here)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeNumberField("secrets", status.secrets().getOrDefault(id, 0));
    json.writeBooleanField("here", here);
    json.writeEndObject();
  }
}
