package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.io.NamedFile;
import dev.hookferry.app.text.JsonErrors;
import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The value of an option that is JSON, or {@code @} and the name of a file with JSON. */
public final class JsonOption {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonOption() {}

  /** Returns the JSON text, unchanged, so that numbers keep all their digits. */
  public static String text(String option, String value) {
    String text = value;
    if (value.startsWith("@")) {
      text = content(option, Path.of(value.substring(1)));
    } else if (!isJson(value) && isFile(value)) {
      text = content(option, Path.of(value));
    }
    try {
      if (JSON.readTree(text).isMissingNode()) {
        throw InvalidException.of(option, "must be JSON, or @ and a file name; it is empty");
      }
    } catch (JsonProcessingException e) {
      throw InvalidException.of(option, "must be JSON, or @ and a file name: " + reason(e, value));
    }
    return text;
  }

  private static String content(String option, Path file) {
    return new String(NamedFile.read(option, file), StandardCharsets.UTF_8);
  }

  /**
   * Returns whether a value names a file, which is accepted without {@code @} if it is not JSON.
   */
  private static boolean isFile(String value) {
    try {
      return Files.isRegularFile(Path.of(value));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Returns the parse error, or a suggestion if a file name was probably meant. */
  private static String reason(JsonProcessingException e, String value) {
    return value.endsWith(".json") && !value.startsWith("@")
        ? "did you mean @" + value + "?"
        : JsonErrors.reason(e);
  }

  /** Returns whether a string is JSON; throws no error, since its message could reveal a secret. */
  public static boolean isJson(String text) {
    try {
      return !JSON.readTree(text).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
