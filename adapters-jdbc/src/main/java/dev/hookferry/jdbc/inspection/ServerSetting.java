package dev.hookferry.jdbc.inspection;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a database server that matters to a store, as a connection sees it.
 *
 * @param name the server's name for it
 * @param value its value
 * @param harm the effect of the value and the remedy, as text to follow the name and value; null if
 *     the value is good
 * @param isFatal whether the value can cause the loss of accepted events
 */
public record ServerSetting(String name, String value, @Nullable String harm, boolean isFatal) {
  public ServerSetting {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }

  /** Returns a setting with a good value. */
  public static ServerSetting good(String name, String value) {
    return new ServerSetting(name, value, null, false);
  }
}
