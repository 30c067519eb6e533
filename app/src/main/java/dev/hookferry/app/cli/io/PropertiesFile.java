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

/** Files of {@code name=value} as Java has them, but in UTF-8 and in the order of their lines. */
public final class PropertiesFile {
  private PropertiesFile() {}

  /** Reads a file; a name that is there twice is refused, since one of the two would be lost. */
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
              .decode(ByteBuffer.wrap(NamedFile.read(file)))
              .toString();
      reader.load(new StringReader(text.replaceFirst("^\\ufeff", "")));
    } catch (CharacterCodingException e) {
      throw new CommandFailure(file + " is not UTF-8");
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(file + " cannot be read: " + e.getMessage());
    }
    if (!twice.isEmpty()) {
      throw new CommandFailure(file + " names twice: " + String.join(", ", twice));
    }
    return values;
  }

  /** The text of a file. */
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
