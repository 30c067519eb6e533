package dev.hookferry.contract.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps what is logged to a logger from its creation to its close, instead of printing it; closed
 * after each test if it is a registered extension. Thread-safe.
 */
public final class LoggedLines extends Handler implements AfterEachCallback, AutoCloseable {
  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /**
   * Starts to listen.
   *
   * @param name the name of the logger
   */
  public LoggedLines(String name) {
    logger = Logger.getLogger(name);
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.INFO);
  }

  /** Returns the lines so far, each as its level and its message; a live view. */
  public List<String> all() {
    return lines;
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(line.getLevel() + " " + line.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }
}
