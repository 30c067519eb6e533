package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.hookferry.body.BodyFormat;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The value of the option {@code --body}: the body of an endpoint's requests. */
public final class BodyOption {
  /** The description of the option. */
  public static final String HELP =
      "The body of requests: raw, qlm, standard, cloudevents, cloudevents-binary, thin, slack, teams,"
          + " discord, mapper:NAME, a template as JSON or @FILE, or site for the site's envelope.";

  private static final String NAME = "--body";
  private static final String MAPPER = "mapper:";
  private static final String BINARY = "cloudevents-binary";

  private BodyOption() {}

  /** Adds the body to a request; does nothing if the value is null. */
  public static void write(@Nullable String value, ObjectNode request) {
    if (value == null) {
      return;
    }
    if (value.equals("site")) {
      request.putNull("body");
      return;
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (value.startsWith("{") || value.startsWith("@")) {
      body.putRawValue("template", new RawValue(JsonOption.text(NAME, value)));
    } else if (value.startsWith(MAPPER)) {
      body.put("mapper", value.substring(MAPPER.length()));
    } else if (value.equals(BINARY)) {
      body.put("format", BodyFormat.CLOUDEVENTS.code()).put("mode", "binary");
    } else {
      body.put("format", format(value));
    }
    request.set("body", body);
  }

  private static String format(String value) {
    List<String> known =
        Stream.concat(
                Stream.of(BodyFormat.values())
                    .filter(each -> each != BodyFormat.TEMPLATE && each != BodyFormat.MAPPER)
                    .map(BodyFormat::code),
                Stream.of(BINARY, "site"))
            .toList();
    if (!known.contains(value)) {
      throw InvalidException.of(
          NAME,
          "must be "
              + String.join(", ", known)
              + ", mapper:NAME, or a template as JSON or @FILE (got "
              + value
              + ")"
              + Nearest.hint(value, known));
    }
    return value;
  }
}
