package dev.hookferry.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The headers of a response, in the order received. Kept as a single text, because most are stored
 * and never read. Immutable and thread-safe.
 *
 * @param text lines {@code Name: value}, separated by line feeds; cut to 4,096 UTF-16 units, with
 *     control characters replaced by U+FFFD
 */
public record ResponseHeaders(String text) {
  /** Maximum length in UTF-16 units. */
  public static final int MAX = 4_096;

  /** No headers. */
  public static final ResponseHeaders NONE = new ResponseHeaders("");

  public ResponseHeaders {
    Objects.requireNonNull(text, "text");
    text = LogText.cleanLines(text, MAX);
  }

  /** A response header. The value of the last one may be truncated. */
  public record Header(String name, String value) {
    public Header {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
    }
  }

  /** Omits the text, which is untrusted and has several lines. */
  @Override
  public String toString() {
    return "ResponseHeaders[" + text.length() + " characters]";
  }

  /** Returns whether no headers are known. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** Returns whether the headers may have been truncated. */
  public boolean isCut() {
    // A surrogate pair is never split, so the text may be one unit shorter.
    return text.length() >= MAX - 1;
  }

  /** Returns the value of the first header with a name, in any case; empty if there is none. */
  public String first(String name) {
    Objects.requireNonNull(name, "name");
    return list().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst()
        .orElse("");
  }

  /** Parses the text into headers. */
  public List<Header> list() {
    List<Header> headers = new ArrayList<>();
    for (String line : text.isEmpty() ? new String[0] : text.split("\n", -1)) {
      int colon = line.indexOf(':');
      headers.add(
          colon < 0
              ? new Header(line, "")
              : new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return headers;
  }
}
