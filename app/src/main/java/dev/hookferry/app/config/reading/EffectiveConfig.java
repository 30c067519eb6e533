package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.value.SecretText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The value of every key with its origin. Immutable; all values are valid. */
public final class EffectiveConfig {
  private final Map<String, GivenValue> values;

  EffectiveConfig(Map<String, GivenValue> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /** Returns a key's value. */
  <T> T get(ConfigKey<T> key) {
    return key.form().read(texts(key));
  }

  /** Returns the origin of a key's value. */
  public ValueOrigin origin(ConfigKey<?> key) {
    GivenValue given = values.get(key.name());
    return given == null ? ValueOrigin.DEFAULT : given.origin();
  }

  /** Returns a key's value as text, with secrets masked. */
  public String shown(ConfigKey<?> key) {
    List<String> texts = texts(key);
    return key.isSecret() && !String.join("", texts).isEmpty()
        ? SecretText.MASK
        : SecretText.masked(texts);
  }

  private List<String> texts(ConfigKey<?> key) {
    GivenValue given = values.get(key.name());
    return given == null ? key.texts(key.fallback()) : given.texts();
  }
}
