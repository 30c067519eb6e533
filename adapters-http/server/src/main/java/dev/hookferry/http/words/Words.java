package dev.hookferry.http.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The portal's texts in one language, with numbers and times in that language's format. Immutable.
 */
public final class Words {
  /** The available languages; the first is the fallback. */
  public static final List<String> LANGUAGES = List.of("en", "de", "fr");

  private static final Map<String, Map<String, String>> ALL = read("words_");

  /** English texts, which the console uses as well. */
  public static final Words ENGLISH = new Words(Locale.ENGLISH, ProductTerms.NONE);

  /** The position before an hour of one digit. */
  private static final Pattern SHORT_HOUR = Pattern.compile("(?<![0-9])(?=[0-9]:[0-9]{2})");

  /** Keeps a number and its unit on one line. */
  private static final char NO_BREAK = '\u00a0';

  private static final int MINUTE = 60;
  private static final int DAY = 86_400;

  private final Locale locale;
  private final Map<String, String> texts;
  private final DateTimeFormatter exact;
  private final ProductTerms own;

  private Words(Locale locale, ProductTerms own) {
    this.locale = locale;
    this.own = own;
    texts = Objects.requireNonNull(ALL.get(locale.getLanguage()));
    exact =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.LONG)
            .withLocale(locale)
            .withZone(ZoneId.of("UTC"));
  }

  /**
   * Returns the texts for a visitor.
   *
   * @param tag the requested language tag; empty to use the browser's languages
   * @param accepted the browser's {@code Accept-Language}, or null
   */
  public static Words of(String tag, @Nullable String accepted) {
    if (!tag.isEmpty()) {
      return known(Locale.forLanguageTag(tag)) ? of(Locale.forLanguageTag(tag)) : ENGLISH;
    }
    try {
      return Locale.LanguageRange.parse(accepted == null ? "en" : accepted).stream()
          .filter(range -> range.getWeight() > 0 && !range.getRange().contains("*"))
          .map(range -> Locale.forLanguageTag(range.getRange()))
          .filter(Words::known)
          .findFirst()
          .map(Words::of)
          .orElse(ENGLISH);
    } catch (IllegalArgumentException e) {
      return ENGLISH;
    }
  }

  private static Words of(Locale locale) {
    return new Words(locale, ProductTerms.NONE);
  }

  /**
   * Returns a copy in which a product's own terms replace webhook, endpoint and event.
   *
   * @param configured terms by name, such as {@code endpoints}, or {@code de.endpoints} for one
   *     language
   */
  public Words withOwn(Map<String, String> configured) {
    return new Words(locale, ProductTerms.of(locale, configured));
  }

  private static boolean known(Locale wanted) {
    return LANGUAGES.contains(wanted.getLanguage());
  }

  /** Returns the language tag for pages. */
  public String tag() {
    return locale.toLanguageTag();
  }

  /**
   * Returns a text.
   *
   * @param parts the values for {@code {0}}, {@code {1}} and so on
   * @throws IllegalArgumentException if there is no such text
   */
  public String text(String key, Object... parts) {
    String text = own.text(key).orElse(texts.get(key));
    if (text == null) {
      throw new IllegalArgumentException("there is no text " + key);
    }
    for (int i = 0; i < parts.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(parts[i]));
    }
    return text;
  }

  /**
   * Returns a text that depends on a number, which replaces {@code {0}}.
   *
   * @param more whether there are more than {@code number}
   */
  public String count(String key, long number, boolean more, Object... parts) {
    boolean one = !more && (locale.getLanguage().equals("fr") ? number < 2 : number == 1);
    Object[] all = new Object[parts.length + 1];
    all[0] = number(number, more);
    System.arraycopy(parts, 0, all, 1, parts.length);
    return text(key + (one ? ".one" : ".other"), all);
  }

  /**
   * Returns a whole number with separators, and a plus sign if there are more: {@code 1,000+}.
   *
   * @param more whether counting stopped at {@code number}
   */
  public String number(long number, boolean more) {
    return number(number) + (more ? "+" : "");
  }

  /** Returns a whole number with separators. */
  public String number(long number) {
    return NumberFormat.getIntegerInstance(locale).format(number);
  }

  /** Returns a duration in the unit that fits best. */
  public String length(Duration length) {
    if (length.toMillis() == 0) {
      return text("unit.under-ms");
    }
    return length.toSeconds() < 2 * MINUTE
        ? written(DisplayTime.length(length))
        : whole(length.toSeconds());
  }

  private String written(String text) {
    int blank = text.indexOf(' ');
    String number = text.substring(0, blank);
    String written = number.contains(".") ? decimal(number) : number;
    return written + NO_BREAK + text("unit." + text.substring(blank + 1));
  }

  private String decimal(String number) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    return format.format(Double.parseDouble(number));
  }

  /** Returns a time, relative to now and in full; after a day, the date replaces the distance. */
  public DisplayTime time(Instant time, Instant now) {
    Duration ago = Duration.between(time, now);
    return new DisplayTime(text(time, now, ago), exact.format(time), time.toString(), false);
  }

  private String text(Instant time, Instant now, Duration ago) {
    if (isNow(ago)) {
      return text("time.now");
    }
    return ago.toSeconds() < DAY
        ? text(ago.isNegative() ? "time.in" : "time.ago", whole(ago.abs().toSeconds()))
        : dated(time.atZone(ZoneOffset.UTC), now.atZone(ZoneOffset.UTC).getYear());
  }

  /** Returns a date and a time of day; with the year if it is not {@code year}. */
  private String dated(ZonedDateTime time, int year) {
    String day = locale.getLanguage().equals("de") ? "d. MMM" : "d MMM";
    String pattern = day + (time.getYear() == year ? "" : " uuuu") + ", HH:mm";
    return DateTimeFormatter.ofPattern(pattern, locale).format(time);
  }

  /** Returns a time as headlines show it. */
  public ClockTime clock(Instant time, Instant now) {
    boolean isToday =
        time.atZone(ZoneOffset.UTC).toLocalDate().equals(now.atZone(ZoneOffset.UTC).toLocalDate());
    DateTimeFormatter form =
        isToday
            ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
            : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT);
    String written =
        SHORT_HOUR
            .matcher(form.withLocale(locale).withZone(ZoneOffset.UTC).format(time))
            .replaceFirst("0");
    String span = whole(Math.max(1, Duration.between(time, now).abs().toSeconds()));
    return new ClockTime(
        text(isToday ? "time.clock" : "time.day", written) + " UTC",
        exact.format(time),
        time.toString(),
        time.isAfter(now) ? text("time.in", span) : span);
  }

  /** Returns a past time like {@link #clock}, with the span worded as elapsed time. */
  public ClockTime clockAgo(Instant time, Instant now) {
    ClockTime clock = clock(time, now);
    return new ClockTime(
        clock.text(), clock.exact(), clock.machine(), text("time.ago", clock.span()));
  }

  private static boolean isNow(Duration ago) {
    return ago.abs().compareTo(Duration.ofSeconds(1)) < 0;
  }

  /**
   * Returns a duration in whole units: in seconds up to a minute, then in minutes, in hours and
   * minutes up to a day, in hours up to two, then in days.
   */
  private String whole(long seconds) {
    long minutes = (seconds + MINUTE / 2) / MINUTE;
    if (seconds >= MINUTE && minutes < MINUTE) {
      return written(minutes + " min");
    }
    if (seconds < MINUTE || seconds >= DAY) {
      return written(DisplayTime.length(Duration.ofSeconds(seconds)));
    }
    String hours = written(minutes / MINUTE + " h");
    return minutes % MINUTE == 0 ? hours : hours + " " + written(minutes % MINUTE + " min");
  }

  /** Returns a time in a zone, to the minute, with the zone's name. */
  public String minute(Instant time, ZoneId zone) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(locale)
            .withZone(zone)
            .format(time)
        + " "
        + DateTimeFormatter.ofPattern("zzz", locale).withZone(zone).format(time);
  }

  /** Returns the time of a planned action. */
  public DisplayTime due(Instant time, Instant now) {
    DisplayTime moment = time(time, now);
    boolean isDue = !time.isAfter(now) || isNow(Duration.between(now, time));
    String text = isDue ? text("time.due") : moment.text();
    return new DisplayTime(text, moment.exact(), moment.machine(), true);
  }

  /** Returns all texts of a language by key. */
  static Map<String, String> all(String language) {
    return Objects.requireNonNull(ALL.get(language));
  }

  /** Reads the text files of all languages, whose names begin with {@code start}. */
  static Map<String, Map<String, String>> read(String start) {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    LANGUAGES.forEach(language -> all.put(language, texts(start + language + ".properties")));
    return Map.copyOf(all);
  }

  private static Map<String, String> texts(String file) {
    try (InputStream in = Words.class.getResourceAsStream(file);
        Reader reader =
            new InputStreamReader(Objects.requireNonNull(in, file), StandardCharsets.UTF_8)) {
      Properties texts = new Properties();
      texts.load(reader);
      Map<String, String> all = new LinkedHashMap<>();
      texts.stringPropertyNames().forEach(key -> all.put(key, texts.getProperty(key)));
      return Map.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is missing from the jar or unreadable", e);
    }
  }
}
