package dev.hookferry.app.cli.io;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads and writes {@code .properties} files in UTF-8, keeping the order of the lines. */
public final class PropertiesFile {
  private PropertiesFile() {}

  /**
   * Reads a file; rejects duplicate names, since one of the values would be lost.
   *
   * @throws CommandFailure if it is malformed, not UTF-8 or has duplicate names
   */
  public static Map<String, String> read(Path file) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> twice = new ArrayList<>();
    Properties reader =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object name, Object value) {
            if (values.put(name.toString(), value.toString()) != null) {
              twice.add(name.toString());
            }
            return value;
          }
        };
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(NamedFile.read("FILE", file)))
              .toString();
      reader.load(new StringReader(text.replaceFirst("^\\ufeff", "")));
    } catch (CharacterCodingException e) {
      throw new CommandFailure(file + " is not UTF-8");
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(file + " cannot be read: " + e.getMessage());
    }
    if (!twice.isEmpty()) {
      throw new CommandFailure(file + " has duplicate names: " + String.join(", ", twice));
    }
    return values;
  }

  /** Returns the properties as the text of a file. */
  public static String write(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) -> text.append(name).append('=').append(escaped(value)).append('\n'));
    return text.toString();
  }

  private static String escaped(String value) {
    String text =
        value
            .replace("\\", "\\\\")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
            .replace("\f", "\\f");
    return text.startsWith(" ") ? "\\" + text : text;
  }
}
