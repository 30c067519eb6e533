package dev.hookferry.app.config.reading;

import dev.hookferry.refusal.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the environment variables of the configuration. */
final class EnvironmentSource {
  private static final Map<String, ConfigKey<?>> KEYS =
      ConfigKeys.ALL.stream().collect(Collectors.toMap(ConfigKey::variable, Function.identity()));

  /** Variables of other commands, and the one that names the file. */
  private static final Set<String> OTHERS =
      Set.of(
          "HOOKFERRY_URL",
          "HOOKFERRY_SERVER",
          "HOOKFERRY_KEY",
          "HOOKFERRY_SITE",
          "HOOKFERRY_CA",
          "HOOKFERRY_FROM_PASSWORD",
          "HOOKFERRY_TO_PASSWORD",
          "HOOKFERRY_IMPORT_TOKEN",
          ConfigSources.FILE_VARIABLE);

  /** Variables that Kubernetes sets for services whose names begin with {@code hookferry}. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "HOOKFERRY(_[A-Z0-9_]+)?"
              + "_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_[A-Z]+)?)");

  private static final Pattern SERVICE_PORT = Pattern.compile("HOOKFERRY(_[A-Z0-9_]+)?_PORT");
  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.+:[0-9]+");

  private static final String TESTS = ConfigKey.VARIABLE_PREFIX + "TEST_";

  private EnvironmentSource() {}

  static void read(Map<String, String> environment, CollectedValues target) {
    new TreeMap<>(environment)
        .forEach(
            (name, text) -> {
              if (isServiceLink(name, text)) {
                target.ignore(name);
              } else if (isOurs(name)) {
                read(name, text, target);
              }
            });
  }

  private static void read(String name, String text, CollectedValues target) {
    ValueOrigin origin = ValueOrigin.variable(name);
    ConfigKey<?> key = KEYS.get(name);
    if (key == null) {
      List<String> known = Stream.concat(KEYS.keySet().stream(), OTHERS.stream()).toList();
      target.problem(origin, "", "is not a known variable" + Nearest.hint(name, known));
    } else {
      target.put(key, key.texts(text), origin);
    }
  }

  private static boolean isServiceLink(String name, String text) {
    if (SERVICE_PORT.matcher(name).matches() && SERVICE_ADDRESS.matcher(text).matches()) {
      return true;
    }
    return !KEYS.containsKey(name) && SERVICE_LINK.matcher(name).matches();
  }

  private static boolean isOurs(String name) {
    return name.startsWith(ConfigKey.VARIABLE_PREFIX)
        && !name.startsWith(TESTS)
        && !OTHERS.contains(name);
  }
}
