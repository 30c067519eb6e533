package dev.hookferry.delivery;

import java.util.ArrayList;
import java.util.List;

/**
 * The headers of an answer, in the order in which they came. They are kept as one text, since
 * nearly all are written and never read. Immutable and thread-safe.
 *
 * @param text lines {@code Name: value}, parted by line feeds; cut to 4,096 UTF-16 units, with
 *     replacement characters for control characters
 */
public record ResponseHeaders(String text) {
  /** How many UTF-16 units of them are kept. */
  public static final int MAX = 4_096;

  /** None. */
  public static final ResponseHeaders NONE = new ResponseHeaders("");

  public ResponseHeaders {
    text = LogText.cleanLines(text, MAX);
  }

  /** One of them; of the last one of very many, the end may be missing. */
  public record Header(String name, String value) {}

  /** Not the text, which is another's and has many lines. */
  @Override
  public String toString() {
    return "ResponseHeaders[" + text.length() + " characters]";
  }

  /** Whether there are none, or none that are known. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** Whether it may be that more of them came than were kept. */
  public boolean isCut() {
    // A character of two units is not cut in the middle.
    return text.length() >= MAX - 1;
  }

  /** One by one. */
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
