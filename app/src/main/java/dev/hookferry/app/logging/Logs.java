package dev.hookferry.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.hookferry.app.config.LogConfig;
import dev.hookferry.app.config.LogLevel;
import dev.hookferry.refusal.InvalidException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configures logging; called once, before the server starts. */
public final class Logs {
  private static final String OURS = "dev.hookferry";

  /** The connection pool, which warns of each connection broken by an outage with a stack trace. */
  private static final String POOL = "com.zaxxer.hikari";

  private Logs() {}

  /**
   * Keeps logging off until {@link #toStandardError} turns it on. Loads no logging library, since
   * most commands never log; if Logback is loaded, {@link SilentStart} keeps it silent.
   */
  public static void startSilent() {
    System.setProperty("java.util.logging.config.class", NoHandlers.class.getName());
  }

  /** Class that the JDK's logging instantiates on first use, instead of reading its file. */
  public static final class NoHandlers {}

  /** Turns logging off. */
  public static void off() {
    LoggerContext context = newContext();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
  }

  /**
   * Starts logging to standard error, or as defined in a Logback configuration.
   *
   * @throws InvalidException if the Logback configuration is not valid XML
   */
  public static void toStandardError(LogConfig config) {
    to(System.err, config);
  }

  static void to(OutputStream target, LogConfig config) {
    LoggerContext context = newContext();
    Path file = config.file();
    if (file == null) {
      toTarget(target, config, context);
    } else {
      byFile(file, context);
    }
    config
        .levels()
        .forEach(
            one -> context.getLogger(one.logger()).setLevel(Level.toLevel(one.level().name())));
  }

  private static void toTarget(OutputStream target, LogConfig config, LoggerContext context) {
    LayoutBase<ILoggingEvent> layout =
        switch (config.format()) {
          case TEXT -> new TextLayout();
          case JSON -> new JsonLayout();
          case ECS -> new EcsLayout();
        };
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(target);
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    // At DEBUG, libraries log requests and SQL statements, with payloads and secrets.
    root.setLevel(config.level() == LogLevel.ERROR ? Level.ERROR : Level.WARN);
    context.getLogger(POOL).setLevel(Level.ERROR);
    context.getLogger(OURS).setLevel(Level.toLevel(config.level().name()));
  }

  private static void byFile(Path file, LoggerContext context) {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(file.toFile());
    } catch (JoranException e) {
      throw InvalidException.of("logConfig", "names " + file + ": " + Causes.inWords(e));
    }
  }

  private static LoggerContext newContext() {
    // The JDK's own log handler would write lines in another format.
    LogManager.getLogManager().reset();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    return context;
  }
}
