package dev.hookferry.app.config;

import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.http.client.Egress;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parser of configured egresses. The text form of an egress is a list of fields: {@code
 * name=eu;proxy=http://a:3128,http://b:3128;user=me;passwordFile=/etc/hookferry/proxy}, in which
 * {@code %3B} stands for a semicolon and {@code %25} for a percent sign.
 */
public final class EgressForm {
  /** The values of {@code outbound.egresses}. */
  public static final ValueKind<List<Egress>> FORM =
      new ValueKind<>(
          "EGRESS",
          "egresses such as name=eu;proxy=http://proxy.internal:3128, or objects in the file",
          ValueKind.Kind.OBJECTS,
          EgressForm::parse);

  private static final String NAME = "name";
  private static final String PROXY = "proxy";
  private static final String SOURCE = "sourceAddress";
  private static final String DIRECT = "direct";
  private static final String USER = "user";
  private static final String PASSWORD = "password";
  private static final String PASSWORD_FILE = "passwordFile";
  private static final String TRUSTED_CA = "trustedCa";
  private static final List<String> FIELDS =
      List.of(NAME, PROXY, SOURCE, DIRECT, USER, PASSWORD, PASSWORD_FILE, TRUSTED_CA);

  private EgressForm() {}

  /** Returns the text form of an egress given as an object in the file, with its name first. */
  public static String text(Map<String, String> fields) {
    Map<String, String> ordered = new LinkedHashMap<>();
    if (fields.containsKey(NAME)) {
      ordered.put(NAME, fields.get(NAME));
    }
    ordered.putAll(fields);
    return ordered.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining(";"));
  }

  private static String encoded(String text) {
    return text.replace("%", "%25").replace(";", "%3B");
  }

  private static String decoded(String text) {
    return text.replace("%3B", ";").replace("%3b", ";").replace("%25", "%");
  }

  private static List<Egress> parse(List<String> texts) {
    List<Egress> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String text : texts) {
      Egress egress = parse(text.strip());
      if (!names.add(egress.name())) {
        throw InvalidException.of(
            "", "must have unique names; there are two egresses named " + egress.name());
      }
      all.add(egress);
    }
    return List.copyOf(all);
  }

  private static Egress parse(String text) {
    Map<String, String> fields = fields(text);
    for (String field : fields.keySet()) {
      if (!FIELDS.contains(field)) {
        throw InvalidException.of(
            "", "has the unknown field " + field + Nearest.hint(field, FIELDS));
      }
    }
    String name = fields.getOrDefault(NAME, "");
    try {
      return egress(name, fields);
    } catch (InvalidException e) {
      String field = e.problems().get(0).field();
      String reason = e.problems().get(0).reason();
      throw InvalidException.of(
          "", (name.isEmpty() ? "egress" : name) + ": " + field + " " + reason);
    }
  }

  private static Egress egress(String name, Map<String, String> fields) {
    if (Stream.of(PROXY, SOURCE, DIRECT).filter(fields::containsKey).count() != 1) {
      throw InvalidException.of("", "must have exactly one of proxy, sourceAddress and direct");
    }
    Egress egress;
    if (fields.containsKey(PROXY)) {
      String[] urls = fields.getOrDefault(PROXY, "").split("\\s*,\\s*", -1);
      egress = Egress.proxy(name, urls);
    } else if (fields.containsKey(SOURCE)) {
      egress = Egress.from(name, fields.getOrDefault(SOURCE, ""));
    } else if ("true".equals(fields.get(DIRECT))) {
      egress = Egress.direct(name);
    } else {
      throw InvalidException.of(DIRECT, "must be true, or left out");
    }
    egress = withCredentials(egress, fields);
    String trusted = fields.get(TRUSTED_CA);
    return trusted == null ? egress : egress.withTrustedCa(content(TRUSTED_CA, trusted));
  }

  private static Egress withCredentials(Egress egress, Map<String, String> fields) {
    String user = fields.get(USER);
    String password = password(fields);
    if ((user == null) != (password == null)) {
      throw InvalidException.of(
          user == null ? USER : PASSWORD, "is missing: credentials are a user and a password");
    }
    return user == null || password == null ? egress : egress.withCredentials(user, password);
  }

  private static @Nullable String password(Map<String, String> fields) {
    String file = fields.get(PASSWORD_FILE);
    if (file == null) {
      return fields.get(PASSWORD);
    }
    if (fields.containsKey(PASSWORD)) {
      throw InvalidException.of(PASSWORD, "must not be given with passwordFile");
    }
    return content(PASSWORD_FILE, file).stripTrailing();
  }

  private static String content(String field, String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | RuntimeException e) {
      throw InvalidException.of(field, "must be a text file that can be read (got " + file + ")");
    }
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : text.split(";", -1)) {
      int sign = field.indexOf('=');
      ValueKind.require(sign > 0);
      String before = fields.put(field.substring(0, sign), decoded(field.substring(sign + 1)));
      ValueKind.require(before == null);
    }
    return fields;
  }
}
