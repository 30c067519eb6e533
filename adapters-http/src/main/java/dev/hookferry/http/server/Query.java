package dev.hookferry.http.server;

import dev.hookferry.event.EventType;
import dev.hookferry.port.PageRequest;
import dev.hookferry.port.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.Problems;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters behind the question mark. What is wrong is gathered while they are read, and
 * thrown by {@link #check}. Used by one thread at a time.
 */
final class Query {
  private final Map<String, String> values = new HashMap<>();
  private final Problems problems = new Problems();
  private boolean impossible;

  /**
   * Takes a query apart.
   *
   * @param raw as it came, without the question mark
   * @param known the parameters that the call has
   */
  Query(String raw, Set<String> known) {
    for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
      if (!known.contains(name)) {
        String shown = Shown.text(name);
        problems.add(shown, "is no parameter of this call" + Nearest.hint(shown, known));
      } else if (values.put(name, value) != null) {
        problems.add(name, "is there twice");
      }
    }
  }

  /** The part of a list that is asked for: {@code limit} and {@code cursor}. */
  PageRequest page() {
    Integer limit = number("limit", 1, PageRequest.MAX_LIMIT);
    String cursor = values.get("cursor");
    return new PageRequest(limit == null ? PageRequest.FIRST.limit() : limit, cursor);
  }

  /** {@code since} and {@code until}. */
  TimeWindow window() {
    Function<String, Optional<Instant>> time = Times::parse;
    Instant since = word("since", time, Times.FORM);
    Instant until = word("until", time, Times.FORM);
    TimeWindow window = problems.collect("", () -> new TimeWindow(since, until));
    return window == null ? TimeWindow.ALL : window;
  }

  /** A whole number, or null if it is not there. */
  @Nullable Integer number(String name, int least, int most) {
    Function<String, Optional<Integer>> read =
        text -> text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    return word(
        name,
        text -> read.apply(text).filter(n -> least <= n && n <= most),
        "must be a whole number from " + least + " to " + most);
  }

  /** One of some words, or null if it is not there. */
  <T> @Nullable T word(String name, Function<String, Optional<T>> read, String form) {
    String text = values.get(name);
    Optional<T> value = text == null ? Optional.empty() : read.apply(text);
    problems.require(text == null || value.isPresent(), name, form);
    return value.orElse(null);
  }

  /** An id, or null if it is not there. */
  <T> @Nullable T id(String name, Function<String, T> parse) {
    String text = values.get(name);
    if (text == null) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (InvalidException e) {
      problems.add(name, e.problems().get(0).reason());
      return null;
    }
  }

  /** An event type, or null if it is not there; see {@link #isImpossible}. */
  @Nullable EventType type() {
    String text = values.get("type");
    try {
      return text == null ? null : new EventType(text);
    } catch (InvalidException e) {
      impossible = true;
      return null;
    }
  }

  /** Whether an event type was asked for that no event can have, so that nothing matches. */
  boolean isImpossible() {
    return impossible;
  }

  /** Throws if anything is wrong with what was read, or was not to be there. */
  void check() {
    problems.throwIfAny();
  }

  /** Undoes percent-encoding; a plus stays one, since times have offsets and nothing has blanks. */
  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        int code = hex(text.charAt(i + 1)) << 4 | hex(text.charAt(i + 2));
        bytes[length++] = (byte) code;
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static int hex(char digit) {
    return Math.max(0, Character.digit(digit, 16));
  }

  /** The names of all parameters that lists have. */
  static Set<String> names(String... own) {
    List<String> all = new ArrayList<>(List.of(own));
    all.addAll(List.of("limit", "cursor"));
    return Set.copyOf(all);
  }
}
