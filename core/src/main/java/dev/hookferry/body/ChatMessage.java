package dev.hookferry.body;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.internal.json.JsonCursor;
import dev.hookferry.internal.json.JsonType;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A short chat message about an event: its type, the first fields of its data, its id and time.
 * Mentions and markup in the data have no effect.
 *
 * @param title the event's type
 * @param facts the first 10 fields of the data that are not blank, null, objects or arrays
 * @param origin the event's id and time
 */
record ChatMessage(String title, Map<String, String> facts, String origin) {
  private static final int MAX_FACTS = 10;
  private static final int MAX_NAME = 40;
  private static final int MAX_VALUE = 100;

  /** Maximum length of a Slack message, in characters: Slack splits longer ones. */
  private static final int MAX_SLACK = 4_000;

  /** Maximum length of a Discord message, in characters: Discord refuses longer ones. */
  private static final int MAX_DISCORD = 2_000;

  static ChatMessage of(Event event) {
    return new ChatMessage(
        event.type().name(),
        facts(event),
        event.id().value() + ", " + event.occurredAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private static Map<String, String> facts(Event event) {
    Map<String, String> facts = new LinkedHashMap<>();
    JsonCursor in = new JsonCursor(Envelope.dataOf(event).unsafeBytes());
    if (in.peek() == '{') {
      in.skip();
      while (facts.size() < MAX_FACTS && !in.skipIf('}')) {
        String name = in.name();
        add(facts, name, TemplateValue.next(in));
        var unused = in.skipIf(',');
      }
    } else {
      add(facts, "data", TemplateValue.next(in));
    }
    return facts;
  }

  private static void add(Map<String, String> facts, String name, TemplateValue value) {
    boolean isScalar = value.kind() != JsonType.OBJECT && value.kind() != JsonType.ARRAY;
    String text = isScalar ? value.text() : null;
    if (text != null && !text.isBlank()) {
      facts.putIfAbsent(line(name, MAX_NAME), line(text, MAX_VALUE));
    }
  }

  /** Returns a string on one line, truncated to {@code length} characters. */
  private static String line(String text, int length) {
    return TemplateFunctions.cut(text, length)
        .replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ")
        .strip();
  }

  /** Returns the message for a Slack incoming webhook. */
  MappedBody slack() {
    String text = TemplateFunctions.cut(title + '\n' + lines() + origin, MAX_SLACK);
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return MappedBody.json(
        new JsonBuffer(MappedBody.MAX_BYTES)
            .json("{\"text\":")
            .text(escaped)
            .json(",\"mrkdwn\":false}")
            .end());
  }

  /** Returns the message for a webhook of Discord; the code block disables markup in the data. */
  MappedBody discord() {
    String block = facts.isEmpty() ? "" : "```\n" + lines().replace('`', '\'') + "```\n";
    String text = "**" + title.replace("_", "\\_") + "**\n" + block + origin.replace("_", "\\_");
    return MappedBody.json(
        new JsonBuffer(MappedBody.MAX_BYTES)
            .json("{\"content\":")
            .text(TemplateFunctions.cut(text, MAX_DISCORD))
            .json(",\"allowed_mentions\":{\"parse\":[]}}")
            .end());
  }

  /** Returns the message for Microsoft Teams; text runs have no markup. */
  MappedBody teams() {
    JsonBuffer out =
        new JsonBuffer(MappedBody.MAX_BYTES)
            .json("{\"type\":\"message\",\"attachments\":[{")
            .json("\"contentType\":\"application/vnd.microsoft.card.adaptive\",")
            .json("\"contentUrl\":null,\"content\":{")
            .json("\"$schema\":\"http://adaptivecards.io/schemas/adaptive-card.json\",")
            .json("\"type\":\"AdaptiveCard\",\"version\":\"1.4\",\"body\":[");
    block(out, title, "");
    facts.forEach((name, value) -> block(out.json(","), name + ": ", value));
    block(out.json(","), "", origin);
    return MappedBody.json(out.json("]}}]}").end());
  }

  private static void block(JsonBuffer out, String bold, String plain) {
    out.json("{\"type\":\"RichTextBlock\",\"inlines\":[");
    if (!bold.isEmpty()) {
      out.json("{\"type\":\"TextRun\",\"weight\":\"bolder\",\"text\":").text(bold).json("}");
    }
    if (!plain.isEmpty()) {
      out.json(bold.isEmpty() ? "" : ",").json("{\"type\":\"TextRun\",\"text\":").text(plain);
      out.json("}");
    }
    out.json("]}");
  }

  private String lines() {
    StringBuilder lines = new StringBuilder();
    facts.forEach((name, value) -> lines.append(name).append(": ").append(value).append('\n'));
    return lines.toString();
  }
}
