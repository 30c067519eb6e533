package dev.hookferry.http.console.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.auth.AuthFields;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.secret.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes the secrets out of a form that pages carry along. Secrets that have a mask are replaced by
 * it, which stands for the current value. Others are omitted.
 */
public final class FormSecrets {
  private static final Set<String> LEFT_OUT = Set.of("key", "secret", "webHookSecretKey");
  private static final Set<String> MASKED = Set.of("qlmSecret", "privateKey");
  private static final Set<String> SECRETS_OF_AUTH =
      Set.of(
          AuthFields.PASSWORD.name(),
          AuthFields.TOKEN.name(),
          AuthFields.CLIENT_SECRET.name(),
          AuthFields.PRIVATE_KEY.name());
  private static final JsonMapper JSON = new JsonMapper();

  private static final String HEADER_VALUE = "header-value-";

  private final Set<String> secretHeaders;
  private final FormValues form;
  private final String prefix;

  /** Takes secrets out of a form whose fields have this prefix. */
  public FormSecrets(FormValues form, String prefix) {
    this.form = form;
    this.prefix = prefix;
    secretHeaders =
        Set.of(form.text(prefix + "secretHeaders").toLowerCase(Locale.ROOT).split("[\\s,;]+", -1));
  }

  /** Returns the value of a field that is carried along; empty if none is. */
  public List<String> carried(String name, List<String> values) {
    if (LEFT_OUT.contains(name)) {
      return List.of();
    }
    List<String> carried = new ArrayList<>();
    for (String value : values) {
      carried.add(value.isBlank() ? value : carried(name, value));
    }
    return carried;
  }

  private String carried(String name, String value) {
    if (MASKED.contains(name) || isSecretHeader(name)) {
      return Redactor.MASK;
    }
    return switch (name) {
      case "auth" -> auth(value);
      case "headers" -> value.lines().map(this::header).collect(Collectors.joining("\n"));
      default -> value;
    };
  }

  private boolean isSecretHeader(String name) {
    String row = name.startsWith(HEADER_VALUE) ? name.substring(HEADER_VALUE.length()) : "";
    return !row.isEmpty()
        && (form.has(prefix + "header-secret-" + row)
            || CustomHeader.suggestsCredential(form.text(prefix + "header-name-" + row)));
  }

  private String header(String line) {
    int end = line.indexOf(':');
    String name = line.substring(0, Math.max(0, end)).strip();
    boolean isSecret =
        CustomHeader.suggestsCredential(name)
            || secretHeaders.contains(name.toLowerCase(Locale.ROOT));
    return isSecret ? name + ": " + Redactor.MASK : line;
  }

  private static String auth(String value) {
    try {
      JsonNode all = JSON.readTree(value);
      all.forEach(FormSecrets::maskSecrets);
      return all.toString();
    } catch (JsonProcessingException e) {
      return Redactor.MASK;
    }
  }

  private static void maskSecrets(JsonNode kind) {
    if (kind instanceof ObjectNode fields) {
      SECRETS_OF_AUTH.stream().filter(fields::has).forEach(name -> fields.put(name, Redactor.MASK));
    }
  }
}
