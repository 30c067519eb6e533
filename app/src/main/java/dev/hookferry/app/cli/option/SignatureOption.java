package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Signature;
import java.util.List;
import java.util.stream.Stream;

/** Options that name signatures. */
public final class SignatureOption {
  private SignatureOption() {}

  /** Adds the signatures to a request body. */
  static void write(List<String> texts, ObjectNode body) {
    ArrayNode all = body.putArray("signatures");
    for (String text : texts) {
      if (text.contains("=")) {
        write(text, all.addObject());
      } else {
        Stream.of(text.split(",", -1)).map(String::strip).forEach(all::add);
      }
    }
  }

  private static void write(String text, ObjectNode json) {
    Signature signature = parsed("--signature", text);
    json.put("profile", signature.profile().code());
    signature.options().forEach(json::put);
    if (signature.until() != null) {
      json.put("until", signature.until().toString());
    }
  }

  /** Reads a signature from the value of an option. */
  public static Signature parsed(String option, String text) {
    try {
      return Signature.parse(text);
    } catch (InvalidException e) {
      throw InvalidException.of(
          option, e.problems().get(0).field() + " " + e.problems().get(0).reason());
    }
  }
}
