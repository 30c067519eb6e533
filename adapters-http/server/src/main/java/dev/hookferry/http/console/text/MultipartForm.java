package dev.hookferry.http.console.text;

import dev.hookferry.event.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form with files: {@code multipart/form-data}. */
final class MultipartForm {
  private static final Pattern TYPE =
      Pattern.compile(
          "multipart/form-data\\s*;\\s*boundary=\"?([0-9A-Za-z'()+_,./:=?-]{1,70})\"?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FIELD =
      Pattern.compile(
          "Content-Disposition: form-data; name=\"([^\"]*)\"(; filename=)?",
          Pattern.CASE_INSENSITIVE);
  private static final String BLANK_LINE = "\r\n\r\n";

  private MultipartForm() {}

  /**
   * Returns the values by name; a file as base64.
   *
   * @param contentType that of the body
   * @return empty if it is another kind of form
   */
  static Optional<Map<String, List<String>>> parse(Payload body, String contentType) {
    Matcher type = TYPE.matcher(contentType.strip());
    return type.matches()
        ? Optional.of(values(body.unsafeBytes(), "--" + type.group(1)))
        : Optional.empty();
  }

  private static Map<String, List<String>> values(byte[] body, String delimiter) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    // One character for each byte.
    String whole = new String(body, StandardCharsets.ISO_8859_1);
    for (String part : whole.split(Pattern.quote(delimiter), -1)) {
      int head = part.indexOf(BLANK_LINE);
      Matcher field = FIELD.matcher(head < 0 ? "" : part.substring(0, head));
      if (field.find() && part.length() >= head + BLANK_LINE.length() + 2) {
        String text = part.substring(head + BLANK_LINE.length(), part.length() - 2);
        values
            .computeIfAbsent(utf8(field.group(1)), name -> new ArrayList<>())
            .add(field.group(2) == null ? utf8(text) : base64(text));
      }
    }
    return values;
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String base64(String bytes) {
    return Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }
}
