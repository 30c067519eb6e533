package dev.hookferry.http.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.Events;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.socket.BodyLimit;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.JsonSyntax;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses the body of a publish: one event or an array of them. Single use, not thread-safe. */
public final class PublishParser {
  private final byte[] body;
  private final Problems problems = new Problems();
  private final @Nullable String key;

  /** The current position, for error messages about invalid JSON. */
  private String place = "";

  private PublishParser(byte[] body, @Nullable String key) {
    this.body = body;
    this.key = key;
  }

  /**
   * The events of a request.
   *
   * @param events in the order received
   * @param batch whether the request was an array, in which case the reply is one, too
   */
  public record Published(List<NewEvent> events, boolean batch) {}

  /**
   * Parses a body.
   *
   * @param key the request's idempotency key; in an array, each event's key is this one followed by
   *     the event's index
   * @throws InvalidException with all problems, or only the first if the body is not valid JSON
   * @throws EarlyReply with 413 if an event of a batch is too large
   */
  public static Published parse(byte[] body, @Nullable String key) {
    JsonSyntax.requireUtf8(body);
    PublishParser publish = new PublishParser(body, key);
    try (JsonParser parser = JsonSyntax.FACTORY.createParser(body)) {
      return publish.all(parser);
    } catch (JsonProcessingException e) {
      throw JsonSyntax.refusal(publish.place, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot parse the body in memory", e);
    }
  }

  private Published all(JsonParser parser) throws IOException {
    List<NewEvent> events = new ArrayList<>();
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      batch(parser, events);
    } else if (first == JsonToken.START_OBJECT) {
      one(parser, events, "", key);
    } else {
      throw InvalidException.of("", "the body must be a JSON object, or an array of them");
    }
    place = "";
    if (parser.nextToken() != null) {
      String where = JsonSyntax.place(parser.currentTokenLocation());
      throw InvalidException.of(
          "", "the body must end after the first JSON value; more text follows" + where);
    }
    problems.throwIfAny();
    return new Published(events, first == JsonToken.START_ARRAY);
  }

  private void batch(JsonParser parser, List<NewEvent> events) throws IOException {
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (index == Events.MAX_TOGETHER) {
        throw InvalidException.of(
            "", "the body must have at most " + Events.MAX_TOGETHER + " events");
      }
      place = "[" + index + "]";
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        one(parser, events, place, key == null ? null : key + "-" + index);
      } else {
        problems.add(place, "must be a JSON object");
        parser.skipChildren();
      }
      index++;
    }
    problems.require(index > 0, "", "must have at least 1 event");
  }

  private void one(JsonParser parser, List<NewEvent> events, String at, @Nullable String itsKey)
      throws IOException {
    long from = parser.currentTokenLocation().getByteOffset();
    EventDraft draft = new EventDraft(at, problems);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (draft.begin(name)) {
        place = draft.field(name);
        draft.read(name, parser, body);
      } else {
        parser.skipChildren();
      }
      place = at;
    }
    if (parser.currentLocation().getByteOffset() - from > BodyLimit.EVENT) {
      throw EarlyReply.tooLarge("event " + at, BodyLimit.EVENT);
    }
    NewEvent event = draft.done(itsKey);
    if (event != null) {
      events.add(event);
    }
  }
}
