package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.LogConfig;
import dev.hookferry.app.config.LogConfig.LoggerLevel;
import dev.hookferry.app.config.LogFormat;
import dev.hookferry.app.config.LogLevel;
import dev.hookferry.app.config.value.ValueKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configuration keys of the log. */
public final class LogKeys {
  public static final ConfigKey<LogFormat> FORMAT =
      new ConfigKey<>(
          "logFormat",
          ValueKind.word(LogFormat.class),
          "text",
          "--log-format",
          "Format of the log on standard error: text lines, or one JSON object per line; ecs names"
              + " its fields as the Elastic Common Schema does.");
  static final ConfigKey<LogLevel> LEVEL =
      new ConfigKey<>(
          "logLevel",
          ValueKind.word(LogLevel.class),
          "info",
          "--log-level",
          "Least severe level to log; debug logs every event and attempt.");
  static final ConfigKey<List<LoggerLevel>> LEVELS =
      new ConfigKey<>(
          "logLevels",
          LogConfig.LEVELS,
          "",
          "--log-levels",
          "Levels of single loggers, such as dev.hookferry.jdbc=debug; in the file also an object.");
  static final ConfigKey<String> CONFIG =
      new ConfigKey<>(
          "logConfig",
          ValueKind.text("FILE", "a file"),
          "",
          "--log-config",
          "A Logback configuration file, used instead of logFormat and logLevel.");

  private LogKeys() {}

  static void check(EffectiveConfig values, CollectedValues problems) {
    String file = values.get(CONFIG);
    problems.require(
        file.isEmpty() || Files.isReadable(Path.of(file)),
        CONFIG,
        "must be a file that can be read (got " + file + ")");
  }

  static LogConfig config(EffectiveConfig values) {
    String file = values.get(CONFIG);
    return new LogConfig(
        values.get(FORMAT),
        values.get(LEVEL),
        values.get(LEVELS),
        file.isEmpty() ? null : Path.of(file));
  }
}
