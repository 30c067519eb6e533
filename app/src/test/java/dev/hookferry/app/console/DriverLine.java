package dev.hookferry.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A session of W3C WebDriver with a browser that ends with it. */
interface DriverLine extends AutoCloseable {
  /**
   * Runs a command and waits for its result.
   *
   * @param path the command, as the standard names it after the session, such as {@code url}
   * @param parameters null for {@code window/handles}, and for {@code window} to close it
   * @throws AssertionError if the browser reports an error
   */
  JsonNode run(String path, @Nullable ObjectNode parameters);

  @Override
  void close();
}
