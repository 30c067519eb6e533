package dev.hookferry.http.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What is read from the head of an answer. */
final class Answers {
  private static final int MAX_VALUE = 200;
  private static final Pattern TIMEOUT =
      Pattern.compile("(?:^|[\\s,;])timeout=([0-9]{1,9})", Pattern.CASE_INSENSITIVE);

  private Answers() {}

  /** The first header of that name, shortened to what is worth keeping, or null. */
  static @Nullable String header(HttpResponse head, String name) {
    Header header = head.getFirstHeader(name);
    String value = header == null ? null : header.getValue();
    return value == null || value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE);
  }

  /** For how many seconds the receiver says it keeps the connection, or -1. */
  static long keepAlive(HttpResponse head) {
    String value = header(head, "Keep-Alive");
    Matcher matcher = TIMEOUT.matcher(value == null ? "" : value);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }
}
