package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.AuditTrail;
import dev.hookferry.Webhooks;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.QueryParameters;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import java.io.IOException;
import java.util.Optional;

/** The audit log. */
final class AuditRoutes {
  private static final int LONGEST_TARGET = 128;

  private final AuditTrail audit;

  AuditRoutes(Webhooks webhooks) {
    audit = webhooks.audit();
  }

  /** Lists audit entries, newest first. */
  HttpReply list(Call call) {
    QueryParameters query = call.query();
    AuditQuery asked =
        AuditQuery.ALL
            .site(query.id("site", SiteId::new))
            .key(query.id("key", KeyId::parse))
            .target(query.word("target", AuditRoutes::target, "must be the id of what was changed"))
            .at(query.window())
            .page(query.page());
    query.check();
    return HttpReply.ok(JsonOutput.page(AuditRoutes::write, audit.list(asked)));
  }

  /** Returns the text if it is visible ASCII, as all ids are; empty otherwise. */
  private static Optional<String> target(String text) {
    boolean possible = text.length() <= LONGEST_TARGET && text.matches("[!-~]+");
    return possible ? Optional.of(text) : Optional.empty();
  }

  private static void write(JsonGenerator json, AuditEntry entry) throws IOException {
    json.writeStartObject();
    JsonOutput.text(json, "id", entry.id());
    JsonOutput.time(json, "at", entry.at());
    json.writeStringField("action", entry.action().code());
    JsonOutput.text(json, "site", entry.site());
    json.writeStringField("target", entry.target());
    JsonOutput.text(json, "key", entry.actor().key());
    json.writeStringField("by", entry.actor().name());
    json.writeStringField("address", entry.actor().address());
    JsonOutput.array(json, "changes", AuditRoutes::write, entry.changes());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, FieldChange change) throws IOException {
    json.writeStartObject();
    json.writeStringField("field", change.field());
    json.writeStringField("before", change.before());
    json.writeStringField("after", change.after());
    json.writeEndObject();
  }
}
