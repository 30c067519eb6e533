package dev.hookferry.app.config.reading;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Collects values and problems, source by source; later values replace earlier ones. */
final class CollectedValues {
  private static final Map<String, ConfigKey<?>> KEYS =
      ConfigKeys.ALL.stream().collect(Collectors.toMap(ConfigKey::name, Function.identity()));

  private final Map<String, GivenValue> values = new LinkedHashMap<>();
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  /** Adds a value from a file. */
  void add(GivenValue given) {
    ConfigKey<?> key = KEYS.get(given.name());
    if (key == null) {
      unknown(given.origin(), given.name(), KEYS.keySet());
    } else {
      List<String> texts = given.texts();
      put(key, given.isList() ? texts : key.texts(texts.get(0)), given.origin());
    }
  }

  /** Sets the value of a known key; an invalid value is a problem and replaces nothing. */
  void put(ConfigKey<?> key, List<String> texts, ValueOrigin origin) {
    if (key.isSecret() && !key.isList() && texts.size() != 1) {
      // The form's error message would quote the values.
      problem(origin, key.name(), "must be " + key.shape() + ", not a list");
      return;
    }
    if (texts.stream().anyMatch(text -> text.indexOf('\0') >= 0)) {
      problem(origin, key.name(), "must not have the character U+0000");
      return;
    }
    try {
      Object unused = key.form().read(texts);
      values.put(key.name(), new GivenValue(key.name(), texts, key.isList(), origin));
    } catch (InvalidException e) {
      problem(origin, key.name(), e.problems().get(0).reason());
    }
  }

  /** Notes a variable that has our prefix but is not configuration. */
  void ignore(String variable) {
    ignored.add(variable);
  }

  /** Returns the ignored variables, sorted. */
  List<String> ignored() {
    return List.copyOf(ignored);
  }

  void unknown(ValueOrigin origin, String name, Collection<String> known) {
    problem(origin, name, "is not a known key" + Nearest.hint(name, known));
  }

  void problem(ValueOrigin origin, String key, String reason) {
    problems.add(new ConfigProblem(origin, key, reason));
  }

  /** Returns whether a key has an invalid value, so that rules about it cannot be checked. */
  boolean isRefused(ConfigKey<?> key) {
    return problems.stream().anyMatch(problem -> problem.key().equals(key.name()));
  }

  /** Checks a rule about a valid value; a problem names the origin of the value. */
  void require(boolean condition, ConfigKey<?> key, String reason) {
    if (!condition) {
      problem(effective().origin(key), key.name(), reason);
    }
  }

  EffectiveConfig effective() {
    return new EffectiveConfig(values);
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
