package dev.hookferry.jdbc.inspection;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a database server that matters to a store, as a connection sees it.
 *
 * @param name the server's name of it
 * @param value its value
 * @param harm the effect of its value and the remedy, as a text that follows name and value; null
 *     if it is as it should be
 * @param isFatal whether the harm is the loss of accepted events
 */
public record ServerSetting(String name, String value, @Nullable String harm, boolean isFatal) {
  public ServerSetting {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }

  /** Returns a setting that is as it should be. */
  public static ServerSetting good(String name, String value) {
    return new ServerSetting(name, value, null, false);
  }
}
