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
 * What we take for JSON: RFC 8259 without extensions, in UTF-8, within bounds. Refusals name the
 * place and never show what stands there.
 */
public final class JsonSyntax {
  /** How deep the data of an event, or another body, may be nested. */
  public static final int MAX_DEPTH = JsonValidator.MAX_DEPTH;

  /** The envelope and the array of a batch come on top. */
  private static final int ENVELOPE_DEPTH = 2;

  private static final int MAX_TEXT = 1 << 20;
  private static final int MAX_NAME = JsonValidator.MAX_NAME;
  private static final int MAX_NUMBER = JsonValidator.MAX_DIGITS;

  /**
   * Names are not interned: they are the callers', and the JVM's table of strings is for ever.
   * Encodings are not guessed: what has zero bytes is not UTF-16 here but wrong.
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

  /** Refuses bytes that are not UTF-8. */
  public static void requireUtf8(byte[] body) {
    int fault = Utf8.firstFault(body);
    if (fault >= 0) {
      throw InvalidException.of("", "must be JSON in UTF-8; byte " + (fault + 1) + " is not UTF-8");
    }
  }

  /** The refusal of what a parser did not understand. */
  public static InvalidException refusal(String field, JsonProcessingException failure) {
    String what =
        failure instanceof StreamConstraintsException
            ? "goes beyond the limits of JSON here (100 deep, texts of 1 MiB, names of 4096"
                + " characters, numbers of 1000)"
            : "is no valid JSON";
    return InvalidException.of(field, what + place(failure.getLocation()));
  }

  public static String place(@Nullable JsonLocation at) {
    return at == null || at.getLineNr() < 1
        ? ""
        : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
