package dev.hookferry.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what comes on a connection by the letter of RFC 9112, and by what the manual says beyond
 * that: which requests are there, and what is behind the last of them. One byte is one character.
 */
public final class StrictReader {
  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_HEADERS = 100;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern START =
      Pattern.compile("(" + TOKEN + ") ([\\x21-\\x7e]+) HTTP/1\\.([01])");
  private static final Pattern FIELD =
      Pattern.compile("(" + TOKEN + "):[ \\t]*([^\\x00\\r\\n]*?)[ \\t]*");
  private static final Pattern CHUNK =
      Pattern.compile("([0-9A-Fa-f]{1,15})([ \\t]*;[\\t\\x20-\\x7e\\x80-\\xff]*)?");

  private static final Pattern CLOSE = Pattern.compile("(?i)(^|,)[ \\t]*close[ \\t]*(,|$)");

  public final List<Request> requests = new ArrayList<>();
  private final String text;
  private int at;

  /** The bytes after the last request. */
  public enum End {
    /** Nothing. */
    NOTHING,
    /** The beginning of another one. */
    BEGINNING,
    /** An invalid or ambiguous request. */
    NONSENSE,
    /** A request in chunks, with nonsense between them, or behind them. */
    BROKEN_CHUNKS
  }

  /** Thrown to end the reading where a line or body is missing or invalid. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final End end;

    Stop(End end) {
      super(end.name(), null, false, false);
      this.end = end;
    }
  }

  /**
   * A whole request.
   *
   * @param last whether the client wants no answer to anything that comes behind it
   */
  public record Request(String method, String target, boolean chunked, boolean last, String body) {
    public byte[] bytes() {
      return body.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** The framing that a head announces. */
  private record Head(List<String> lengths, List<String> codings, boolean close, int hosts) {}

  public StrictReader(String text) {
    this.text = text;
  }

  /** Reads all. */
  public End read() {
    try {
      while (true) {
        if (at == text.length()) {
          return End.NOTHING;
        }
        // An empty line before a request is to be ignored.
        while (text.startsWith("\r\n", at)) {
          at += 2;
        }
        requests.add(request());
      }
    } catch (Stop stop) {
      return stop.end;
    }
  }

  private Request request() {
    int from = at;
    Matcher start = START.matcher(line());
    require(start.matches());
    boolean old = start.group(3).equals("0");
    Head head = head(from);
    require(head.hosts() == 1 || (old && head.hosts() == 0));
    require(head.lengths().size() + head.codings().size() <= 1);
    boolean chunked = !head.codings().isEmpty();
    require(!chunked || (!old && head.codings().get(0).equalsIgnoreCase("chunked")));
    String body =
        chunked ? wholeChunks() : head.lengths().isEmpty() ? "" : sized(head.lengths().get(0));
    return new Request(start.group(1), start.group(2), chunked, old || head.close(), body);
  }

  private Head head(int from) {
    List<String> lengths = new ArrayList<>();
    List<String> codings = new ArrayList<>();
    boolean close = false;
    int hosts = 0;
    int count = 0;
    for (String line = unfolded(); !line.isEmpty(); line = unfolded()) {
      Matcher field = FIELD.matcher(line);
      require(field.matches() && ++count <= MAX_HEADERS && at - from <= MAX_HEAD);
      switch (field.group(1).toLowerCase(Locale.ROOT)) {
        case "content-length" -> lengths.add(field.group(2));
        case "transfer-encoding" -> codings.add(field.group(2));
        case "host" -> hosts++;
        case "connection" -> close |= CLOSE.matcher(field.group(2)).find();
        default -> {}
      }
    }
    return new Head(lengths, codings, close, hosts);
  }

  /** A line with those that go on in the next one, as the manual says. */
  private String unfolded() {
    StringBuilder whole = new StringBuilder(line());
    require(whole.isEmpty() || (whole.charAt(0) != ' ' && whole.charAt(0) != '\t'));
    while (!whole.isEmpty()
        && at < text.length()
        && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      whole.append(' ').append(line().replaceFirst("^[ \\t]+", ""));
    }
    return whole.toString();
  }

  private String sized(String length) {
    require(length.matches("[0-9]{1,15}"));
    long size = Long.parseLong(length);
    if (size > text.length() - at) {
      throw new Stop(End.BEGINNING);
    }
    return take((int) size);
  }

  private String wholeChunks() {
    try {
      return chunks();
    } catch (Stop stop) {
      throw stop.end == End.NONSENSE ? new Stop(End.BROKEN_CHUNKS) : stop;
    }
  }

  private String chunks() {
    StringBuilder body = new StringBuilder();
    while (true) {
      Matcher line = CHUNK.matcher(line());
      require(line.matches());
      long size = Long.parseLong(line.group(1), 16);
      if (size == 0) {
        break;
      }
      if (size > text.length() - at) {
        throw new Stop(End.BEGINNING);
      }
      body.append(take((int) size));
      require(line().isEmpty());
    }
    for (String line = line(); !line.isEmpty(); line = line()) {
      require(FIELD.matcher(line).matches());
    }
    return body.toString();
  }

  private String take(int size) {
    at += size;
    return text.substring(at - size, at);
  }

  /** The next line; a lone CR or LF is none of its characters. */
  private String line() {
    int end = at;
    while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
      end++;
    }
    if (end >= text.length() || (end + 1 == text.length() && text.charAt(end) == '\r')) {
      throw new Stop(End.BEGINNING);
    }
    require(text.startsWith("\r\n", end));
    String line = text.substring(at, end);
    at = end + 2;
    return line;
  }

  private static void require(boolean right) {
    if (!right) {
      throw new Stop(End.NONSENSE);
    }
  }
}
