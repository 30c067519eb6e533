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

/** Values and problems, as they are collected source by source; a later value replaces earlier. */
final class CollectedValues {
  private static final Map<String, ConfigKey<?>> KEYS =
      ConfigKeys.ALL.stream().collect(Collectors.toMap(ConfigKey::name, Function.identity()));

  private final Map<String, GivenValue> values = new LinkedHashMap<>();
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  /** A key that a file names. */
  void add(GivenValue given) {
    ConfigKey<?> key = KEYS.get(given.name());
    if (key == null) {
      unknown(given.origin(), given.name(), KEYS.keySet());
    } else {
      List<String> texts = given.texts();
      put(key, texts.size() == 1 ? key.texts(texts.get(0)) : texts, given.origin());
    }
  }

  /** A value of a known key; if it cannot be read, that is a problem and it replaces nothing. */
  void put(ConfigKey<?> key, List<String> texts, ValueOrigin origin) {
    try {
      Object unused = key.form().read(texts);
      values.put(key.name(), new GivenValue(key.name(), texts, origin));
    } catch (InvalidException e) {
      problem(origin, key.name(), e.problems().get(0).reason());
    }
  }

  /** A variable that belongs to somebody else, although it has our prefix. */
  void ignore(String variable) {
    ignored.add(variable);
  }

  /** The variables that were ignored, sorted. */
  List<String> ignored() {
    return List.copyOf(ignored);
  }

  void unknown(ValueOrigin origin, String name, Collection<String> known) {
    problem(origin, name, "is not a known key" + Nearest.hint(name, known));
  }

  void problem(ValueOrigin origin, String key, String reason) {
    problems.add(new ConfigProblem(origin, key, reason));
  }

  /** Whether a key has a value that cannot be read, so that what depends on it is not known. */
  boolean isRefused(ConfigKey<?> key) {
    return problems.stream().anyMatch(problem -> problem.key().equals(key.name()));
  }

  /** A rule about a key that can be read; names the place where its value was written. */
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
