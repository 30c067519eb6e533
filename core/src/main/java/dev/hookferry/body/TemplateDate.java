package dev.hookferry.body;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A format in which {@code $date} writes times, always in UTC. Immutable. */
final class TemplateDate {
  private static final int MAX_PATTERN = 64;

  /** Maximum size of a value that is read as a time, in bytes of JSON. */
  private static final int MAX_TIME = 64;

  private static final DateTimeFormatter READER =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  private final boolean isNumber;
  private final Function<OffsetDateTime, String> writer;

  private TemplateDate(boolean isNumber, Function<OffsetDateTime, String> writer) {
    this.isNumber = isNumber;
    this.writer = writer;
  }

  /** Returns the format of this name or pattern; empty if it is neither. */
  static Optional<TemplateDate> of(String form) {
    return switch (form) {
      case "iso" -> Optional.of(text(DateTimeFormatter.ISO_INSTANT));
      case "date" -> Optional.of(text(DateTimeFormatter.ISO_LOCAL_DATE));
      case "time" -> pattern("HH:mm:ss");
      case "unix" -> Optional.of(number(OffsetDateTime::toEpochSecond));
      case "unix-ms" -> Optional.of(number(time -> time.toInstant().toEpochMilli()));
      default -> pattern(form);
    };
  }

  private static TemplateDate number(ToLongFunction<OffsetDateTime> of) {
    return new TemplateDate(true, time -> Long.toString(of.applyAsLong(time)));
  }

  private static TemplateDate text(DateTimeFormatter formatter) {
    return new TemplateDate(false, formatter::format);
  }

  private static Optional<TemplateDate> pattern(String pattern) {
    if (pattern.isEmpty() || pattern.length() > MAX_PATTERN) {
      return Optional.empty();
    }
    try {
      DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
      var unused = formatter.format(Instant.EPOCH.atOffset(ZoneOffset.UTC));
      return Optional.of(text(formatter));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns a time in this format; {@link TemplateValue#NULL} if the value is not a time. */
  TemplateValue write(TemplateValue time, TemplateRun run) {
    OffsetDateTime read = read(time);
    if (read == null) {
      return TemplateValue.NULL;
    }
    try {
      String written = writer.apply(read);
      return isNumber ? TemplateValue.ofNumber(written) : run.text(written);
    } catch (DateTimeException | ArithmeticException e) {
      return TemplateValue.NULL;
    }
  }

  private static @Nullable OffsetDateTime read(TemplateValue value) {
    String text = value.size() > MAX_TIME ? null : value.text();
    if (text == null) {
      return null;
    }
    try {
      return switch (value.kind()) {
        case NUMBER -> Instant.ofEpochSecond(Long.parseLong(text)).atOffset(ZoneOffset.UTC);
        case TEXT -> inUtc(text);
        default -> null;
      };
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  private static OffsetDateTime inUtc(String text) {
    TemporalAccessor read =
        READER.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    if (read instanceof OffsetDateTime time) {
      return time.withOffsetSameInstant(ZoneOffset.UTC);
    }
    return read instanceof LocalDateTime time
        ? time.atOffset(ZoneOffset.UTC)
        : ((LocalDate) read).atStartOfDay().atOffset(ZoneOffset.UTC);
  }
}
