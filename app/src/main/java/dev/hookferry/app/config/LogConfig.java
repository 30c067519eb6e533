package dev.hookferry.app.config;

import dev.hookferry.app.config.value.ValueKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the process log.
 *
 * @param format the format of lines
 * @param level the least severe level logged
 * @param levels levels of individual loggers
 * @param file a Logback configuration that replaces format and level, or null
 */
public record LogConfig(
    LogFormat format, LogLevel level, List<LoggerLevel> levels, @Nullable Path file) {
  /** The values of {@code logLevels}. */
  public static final ValueKind<List<LoggerLevel>> LEVELS =
      ValueKind.list(
          "LOGGER=LEVEL",
          "loggers with their levels, such as dev.hookferry.jdbc=debug",
          LogConfig::loggerLevel);

  public LogConfig {
    levels = List.copyOf(levels);
  }

  /** Creates settings without logger-specific levels or a Logback configuration. */
  public LogConfig(LogFormat format, LogLevel level) {
    this(format, level, List.of(), null);
  }

  /** The level of a logger and its descendants. */
  public record LoggerLevel(String logger, LogLevel level) {}

  /** Returns the text form of levels given as an object in the configuration file. */
  public static List<String> texts(Map<String, String> byLogger) {
    return byLogger.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  private static LoggerLevel loggerLevel(String text) {
    int sign = text.indexOf('=');
    ValueKind.require(sign > 0);
    String level = text.substring(sign + 1);
    ValueKind.require(level.equals(level.toLowerCase(Locale.ROOT)));
    return new LoggerLevel(
        text.substring(0, sign), LogLevel.valueOf(level.toUpperCase(Locale.ROOT)));
  }
}
