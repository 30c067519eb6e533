package dev.hookferry.http.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.refusal.InvalidException;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that Hookferry accepts: RFC 8259 without extensions, in UTF-8, within limits. Refusals
 * name the position and never quote the content.
 */
public final class JsonSyntax {
  /** Maximum nesting of event data and of other bodies. */
  public static final int MAX_DEPTH = JsonValidator.MAX_DEPTH;

  /** Additional nesting for the envelope and the array of a batch. */
  private static final int ENVELOPE_DEPTH = 2;

  private static final int MAX_TEXT = 1 << 20;
  private static final int MAX_NAME = JsonValidator.MAX_NAME;
  private static final int MAX_NUMBER = JsonValidator.MAX_DIGITS;

  /**
   * Does not intern names: they come from callers and would fill the JVM's string table. Does not
   * guess the encoding: a body with zero bytes is rejected, not read as UTF-16.
   */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH + ENVELOPE_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .build();

  private JsonSyntax() {}

  /** Rejects bytes that are not UTF-8, naming the first invalid byte. */
  public static void requireUtf8(byte[] body) {
    int fault = Utf8.firstFault(body);
    if (fault >= 0) {
      throw InvalidException.of(
          "", "the body must be JSON in UTF-8; byte " + (fault + 1) + " is not UTF-8");
    }
  }

  /** Returns the refusal for content that the parser rejected. */
  public static InvalidException refusal(String field, JsonProcessingException failure) {
    String what =
        failure instanceof StreamConstraintsException
            ? "exceeds a JSON limit (nesting 100, strings 1 MiB, names 4096"
                + " characters, numbers 1000 digits)"
            : "is not valid JSON";
    String subject = field.isEmpty() ? "the body " : "";
    return InvalidException.of(field, subject + what + place(failure.getLocation()));
  }

  public static String place(@Nullable JsonLocation at) {
    return at == null || at.getLineNr() < 1
        ? ""
        : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
