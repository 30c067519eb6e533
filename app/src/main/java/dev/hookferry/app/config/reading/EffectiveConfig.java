package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.value.SecretText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The value of every key, and where it came from. Immutable; all values can be read. */
public final class EffectiveConfig {
  private final Map<String, GivenValue> values;

  EffectiveConfig(Map<String, GivenValue> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /** A key's value. */
  <T> T get(ConfigKey<T> key) {
    return key.form().read(texts(key));
  }

  /** Where it came from. */
  public ValueOrigin origin(ConfigKey<?> key) {
    GivenValue given = values.get(key.name());
    return given == null ? ValueOrigin.DEFAULT : given.origin();
  }

  /** A key's value as a person may see it: secrets are masked. */
  public String shown(ConfigKey<?> key) {
    String text = String.join(", ", texts(key));
    return key.isSecret() && !text.isEmpty() ? SecretText.MASK : SecretText.masked(text);
  }

  private List<String> texts(ConfigKey<?> key) {
    GivenValue given = values.get(key.name());
    return given == null ? key.texts(key.fallback()) : given.texts();
  }
}
