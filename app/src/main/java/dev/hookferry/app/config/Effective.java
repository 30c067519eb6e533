package dev.hookferry.app.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The value of every key, and where it came from. Immutable; all values can be read. */
public final class Effective {
  private final Map<String, Given> values;

  Effective(Map<String, Given> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /** A key's value. */
  <T> T get(ConfigKey<T> key) {
    return key.form().read(texts(key));
  }

  /** Where it came from. */
  public Origin origin(ConfigKey<?> key) {
    Given given = values.get(key.name());
    return given == null ? Origin.DEFAULT : given.origin();
  }

  /** A key's value as a person may see it: secrets are masked. */
  public String shown(ConfigKey<?> key) {
    String text = String.join(", ", texts(key));
    return key.isSecret() && !text.isEmpty() ? Secret.MASK : StoreConfig.masked(text);
  }

  private List<String> texts(ConfigKey<?> key) {
    Given given = values.get(key.name());
    return given == null ? key.texts(key.fallback()) : given.texts();
  }
}
