package dev.hookferry.app.migration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Results of an import, including what it could not carry over. Not thread-safe. */
public final class ImportReport {
  private final String sender;
  private final boolean isDryRun;
  private final List<Item> items = new ArrayList<>();
  private final List<ImportNote> notes = new ArrayList<>();
  private @Nullable String stopped;

  /** Creates an empty report. */
  public ImportReport(String sender, boolean isDryRun) {
    this.sender = Objects.requireNonNull(sender, "sender");
    this.isDryRun = isDryRun;
  }

  /** The kind of an imported item. */
  public enum Kind {
    /** A site. */
    SITE("sites"),
    /** An event type. */
    EVENT_TYPE("event types"),
    /** An endpoint. */
    ENDPOINT("endpoints");

    private final String plural;

    Kind(String plural) {
      this.plural = plural;
    }
  }

  /** Result for one item. */
  public enum Result {
    /** Did not exist, and was created. */
    CREATED,
    /** Existed with other settings, and was updated. */
    UPDATED,
    /** Existed with these settings. */
    UNCHANGED,
    /** The server refused it. */
    FAILED;

    /** Returns the name in lower case. */
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An imported item.
   *
   * @param detail the changed fields, or the reason for a failure; may be empty
   */
  public record Item(Kind kind, String name, Result result, String detail) {
    public Item {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(result, "result");
      Objects.requireNonNull(detail, "detail");
    }
  }

  void add(Kind kind, String name, Result result, String detail) {
    items.add(new Item(kind, name, result, detail));
  }

  /** Adds an item that already existed: updated if there are changes, else unchanged. */
  void present(Kind kind, String name, List<String> changes) {
    Result result = changes.isEmpty() ? Result.UNCHANGED : Result.UPDATED;
    add(kind, name, result, String.join(", ", changes));
  }

  void note(ImportNote note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  void stop(String reason) {
    stopped = reason;
  }

  /** Returns why the import ended early, or null if it did not. */
  public @Nullable String stopped() {
    return stopped;
  }

  /** Returns whether everything was imported. */
  public boolean isComplete() {
    return stopped == null && of(Result.FAILED).isEmpty();
  }

  private List<Item> of(Result result) {
    return items.stream().filter(item -> item.result() == result).toList();
  }

  private long count(Kind kind, Result result) {
    return of(result).stream().filter(item -> item.kind() == kind).count();
  }

  /** Returns the report as lines of text. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        isDryRun
            ? "dry run of an import from " + sender + ": nothing was written"
            : "import from " + sender);
    for (Kind kind : Kind.values()) {
      List<String> counts = new ArrayList<>();
      for (Result result : Result.values()) {
        long count = count(kind, result);
        if (count > 0) {
          counts.add(count + " " + result.code());
        }
      }
      lines.add(kind.plural + ": " + (counts.isEmpty() ? "none" : String.join(", ", counts)));
    }
    section(lines, "updated", of(Result.UPDATED));
    section(lines, "failed", of(Result.FAILED));
    for (ImportNote.Kind kind : ImportNote.Kind.values()) {
      List<ImportNote> some = notes.stream().filter(note -> note.kind() == kind).toList();
      if (!some.isEmpty()) {
        lines.add("");
        lines.add(kind.heading() + ":");
        some.forEach(note -> lines.add("  " + line(note)));
      }
    }
    return lines;
  }

  private static void section(List<String> lines, String heading, List<Item> some) {
    if (!some.isEmpty()) {
      lines.add("");
      lines.add(heading + ":");
      some.forEach(
          item ->
              lines.add(
                  "  " + item.name() + (item.detail().isEmpty() ? "" : ": " + item.detail())));
    }
  }

  private static String line(ImportNote note) {
    return note.subject().isEmpty() ? note.text() : note.subject() + ": " + note.text();
  }

  /** Returns the report as JSON. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sender", sender).put("dryRun", isDryRun).put("complete", isComplete());
    ArrayNode list = json.putArray("items");
    for (Item item : items) {
      list.addObject()
          .put("kind", item.kind().name().toLowerCase(Locale.ROOT))
          .put("name", item.name())
          .put("result", item.result().code())
          .put("detail", item.detail());
    }
    ArrayNode remarks = json.putArray("notes");
    for (ImportNote note : notes) {
      remarks
          .addObject()
          .put("kind", note.kind().code())
          .put("subject", note.subject())
          .put("text", note.text());
    }
    return json;
  }
}
