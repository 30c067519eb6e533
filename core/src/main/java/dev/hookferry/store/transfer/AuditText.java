package dev.hookferry.store.transfer;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import java.time.Instant;
import java.util.function.Function;

/** Text form of an audit entry. */
final class AuditText {
  private AuditText() {}

  static JsonWriter write(AuditEntry entry, JsonWriter json) {
    Actor actor = entry.actor();
    KeyId key = actor.key();
    SiteId site = entry.site();
    return json.text("id", entry.id().toString())
        .text("at", RecordText.time(entry.at()))
        .text("key", key == null ? null : key.toString())
        .text("actor", actor.name())
        .text("address", actor.address())
        .text("action", entry.action().code())
        .text("site", site == null ? null : site.value())
        .text("target", entry.target())
        .objects("changes", entry.changes(), AuditText::write);
  }

  private static void write(JsonWriter json, FieldChange change) {
    json.text("field", change.field())
        .text("before", change.before())
        .text("after", change.after());
  }

  static AuditEntry read(JsonMembers members) {
    return new AuditEntry(
        members.text("id", AuditId::parse),
        members.text("at", Instant::parse),
        new Actor(
            members.textOrNull("key", KeyId::parse),
            members.text("actor"),
            members.text("address")),
        members.text("action", word -> AuditAction.fromCode(word).orElseThrow()),
        members.textOrNull("site", SiteId::new),
        members.text("target"),
        members.objects("changes", AuditText::change));
  }

  private static FieldChange change(JsonMembers members) {
    return new FieldChange(
        members.text("field"),
        members.textOrNull("before", Function.identity()),
        members.textOrNull("after", Function.identity()));
  }
}
