package dev.hookferry.file.audit;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.file.line.LineBuffer;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log as a line.
 *
 * @param sequence its number
 * @param config the configuration version that it was written with, or 0 if none
 */
record AuditLine(long sequence, long config, AuditEntry entry) {
  /** Writes the line, including its line break, and returns its checksum. */
  int write(LineBuffer buffer, int chain) {
    int start = buffer.size();
    buffer.skip(LineFormat.PREFIX).plain("{");
    buffer.number("config", config).token("id", entry.id().toString()).time("at", entry.at());
    Actor by = entry.actor();
    if (by.key() != null) {
      buffer.token("key", by.key().toString());
    }
    buffer.text("by", by.name()).text("address", by.address());
    buffer.token("action", entry.action().code());
    SiteId site = entry.site();
    if (site != null) {
      buffer.token("site", site.value());
    }
    buffer.text("target", entry.target()).name("changes").plain("[");
    String comma = "";
    for (FieldChange change : entry.changes()) {
      buffer.plain(comma).plain("{").text("field", change.field());
      textIfAny(buffer, "before", change.before());
      textIfAny(buffer, "after", change.after());
      buffer.plain("}");
      comma = ",";
    }
    buffer.plain("]}");
    int crc = LineFormat.seal(buffer, start, sequence, chain);
    buffer.plain("\n");
    return crc;
  }

  private static void textIfAny(LineBuffer buffer, String name, @Nullable String value) {
    if (value != null) {
      buffer.text(name, value);
    }
  }

  /**
   * Reads an intact line.
   *
   * @param end its end, excluding the line break
   * @throws IllegalArgumentException if it is not JSON, or a member is missing, wrong or unknown
   */
  static AuditLine read(byte[] bytes, int start, int end) {
    int json = start + LineFormat.PREFIX;
    JsonMembers fields =
        JsonMembers.parse(new String(bytes, json, end - json, StandardCharsets.UTF_8));
    long config = fields.number("config");
    AuditEntry entry =
        new AuditEntry(
            fields.text("id", AuditId::parse),
            fields.text("at", Instant::parse),
            new Actor(
                fields.textOrNull("key", KeyId::parse),
                fields.text("by", Function.identity()),
                fields.text("address", Function.identity())),
            fields.text("action", word -> AuditAction.fromCode(word).orElseThrow()),
            fields.textOrNull("site", SiteId::new),
            fields.text("target", Function.identity()),
            fields.objects("changes", AuditLine::change));
    fields.end();
    return new AuditLine(LineFormat.sequence(bytes, start), config, entry);
  }

  private static FieldChange change(JsonMembers fields) {
    return new FieldChange(
        fields.text("field", Function.identity()),
        fields.textOrNull("before", Function.identity()),
        fields.textOrNull("after", Function.identity()));
  }
}
