package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Signature;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses options that name signatures. */
public final class SignatureOption {
  private SignatureOption() {}

  /** Adds the signatures to a request body; does nothing if they are null. */
  static void write(@Nullable List<String> texts, ObjectNode body) {
    if (texts == null) {
      return;
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (String text : texts) {
      if (text.contains("=")) {
        all.add(json(text));
      } else {
        Stream.of(text.split(",", -1)).map(String::strip).forEach(all::add);
      }
    }
    body.set("signatures", all);
  }

  private static ObjectNode json(String text) {
    Signature signature = parsed("--signature", text);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("profile", signature.profile().code());
    signature.options().forEach(json::put);
    if (signature.until() != null) {
      json.put("until", signature.until().toString());
    }
    return json;
  }

  /** Parses a signature from the value of an option. */
  public static Signature parsed(String option, String text) {
    try {
      return Signature.parse(text);
    } catch (InvalidException e) {
      throw InvalidException.of(
          option, e.problems().get(0).field() + " " + e.problems().get(0).reason());
    }
  }
}
