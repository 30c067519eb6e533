package dev.hookferry.http.console.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.hookferry.http.words.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as a tree that can be folded. Numbers stay as written.
 *
 * @param number position in the document, from 1
 * @param name the field's name, quoted; empty in an array and at the top
 * @param value the value as JSON, if it is not an object or array; otherwise its brackets
 * @param kind CSS class of the value: string, number, word, or fold if it has children
 * @param children the fields or elements
 */
public record JsonBranch(
    int number, String name, String value, String kind, List<JsonBranch> children) {
  /** Beyond this, a tree is slower to read than the text. */
  private static final int MAX_NODES = 2_000;

  private static final int MAX_DEPTH = 40;
  private static final int OPEN_CHILDREN = 60;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
          .build();

  /** Returns the tree of an object or array; empty if the text is neither, or is too large. */
  public static Optional<JsonBranch> of(String text) {
    String begin = text.stripLeading();
    if (!begin.startsWith("{") && !begin.startsWith("[")) {
      return Optional.empty();
    }
    try (JsonParser parser = JSON.createParser(text)) {
      Reader reader = new Reader(parser);
      JsonBranch tree = reader.value("", 0, parser.nextToken());
      return parser.nextToken() == null ? Optional.ofNullable(tree) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether the branch is initially expanded. */
  public boolean isOpen() {
    return children.size() <= OPEN_CHILDREN;
  }

  /** Returns the number of children as text. */
  public String size(Words words) {
    String key = value.startsWith("{") ? "json.field" : "json.element";
    return words.count(key, children.size(), false);
  }

  /** Builds the tree of a document; gives up with null when it becomes too large. */
  private static final class Reader {
    private final JsonParser parser;
    private int nodes;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    @Nullable JsonBranch value(String name, int depth, JsonToken token) throws IOException {
      int number = ++nodes;
      if (number > MAX_NODES || depth > MAX_DEPTH) {
        return null;
      }
      return switch (token) {
        case START_OBJECT, START_ARRAY -> parent(number, name, depth, token);
        case VALUE_STRING -> leaf(number, name, quoted(parser.getText()), "string");
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> leaf(number, name, parser.getText(), "number");
        default -> leaf(number, name, parser.getText(), "word");
      };
    }

    private @Nullable JsonBranch parent(int number, String name, int depth, JsonToken start)
        throws IOException {
      List<JsonBranch> children = new ArrayList<>();
      boolean isObject = start == JsonToken.START_OBJECT;
      JsonToken end = isObject ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
      for (JsonToken token = parser.nextToken(); token != end; token = parser.nextToken()) {
        String child = isObject ? quoted(parser.currentName()) : "";
        JsonToken begin = isObject ? parser.nextToken() : token;
        JsonBranch next = value(child, depth + 1, begin);
        if (next == null) {
          return null;
        }
        children.add(next);
      }
      return children.isEmpty()
          ? leaf(number, name, isObject ? "{}" : "[]", "word")
          : new JsonBranch(number, name, isObject ? "{ }" : "[ ]", "fold", children);
    }

    private static JsonBranch leaf(int number, String name, String value, String kind) {
      return new JsonBranch(number, name, value, kind, List.of());
    }

    private static String quoted(String text) {
      return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
  }
}
