package dev.hookferry.http.console.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.hookferry.event.Payload;

/**
 * Formats JSON by adding line breaks and indentation only: values stay as written, so {@code 1.10}
 * remains {@code 1.10}.
 */
public final class PrettyJson {
  /** Deep nesting makes long lines of indentation: data of 1 MiB can become 100 MiB. */
  private static final long MAX_GROWTH = 4;

  private static final int SMALL = 64 * 1024;

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private int depth;

  private PrettyJson(String text) {
    this.text = text;
  }

  /** Returns the formatted payload; unchanged if it is not JSON or would become far longer. */
  public static String of(Payload payload) {
    return of(payload.text());
  }

  /** Returns the formatted text; unchanged if it is not JSON or would become far longer. */
  static String of(String text) {
    return isJson(text) ? new PrettyJson(text).written() : text;
  }

  private static boolean isJson(String text) {
    try (var parser =
        JsonFactory.builder()
            .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build()
            .createParser(text)) {
      JsonToken token = parser.nextToken();
      while (token != null) {
        token = parser.nextToken();
      }
      return !text.isBlank();
    } catch (JsonProcessingException e) {
      return false;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String written() {
    long max = MAX_GROWTH * text.length() + SMALL;
    for (int i = 0; i < text.length(); i++) {
      if (out.length() > max) {
        return text;
      }
      char c = text.charAt(i);
      switch (c) {
        case '"' -> i = string(i);
        case '{', '[' -> i = open(i);
        case '}', ']' -> {
          depth--;
          newLine();
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          newLine();
        }
        case ':' -> out.append(": ");
        case ' ', '\n', '\r', '\t' -> {
          // Skip whitespace between tokens; indentation replaces it.
        }
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** Copies a string and returns the index after its end. */
  private int string(int from) {
    int i = from + 1;
    while (text.charAt(i) != '"') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    out.append(text, from, i + 1);
    return i;
  }

  /** Writes an opening bracket; an empty object or array stays on one line. */
  private int open(int at) {
    int next = at + 1;
    while (Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    out.append(text.charAt(at));
    if (text.charAt(next) == '}' || text.charAt(next) == ']') {
      out.append(text.charAt(next));
      return next;
    }
    depth++;
    newLine();
    return at;
  }

  private void newLine() {
    out.append('\n').append("  ".repeat(depth));
  }
}
