package dev.hookferry.app.config.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.hookferry.app.config.EgressForm;
import dev.hookferry.app.config.LogConfig;
import dev.hookferry.app.config.OutboxConfig;
import dev.hookferry.app.logging.Causes;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads a YAML file; {@code a: {b: 1}} and {@code a.b: 1} are equivalent. */
final class FileSource {
  /** The keys whose values may be objects, with the function that writes an object as a string. */
  private static final Map<String, Function<Map<String, String>, String>> OBJECTS =
      Map.of(
          OutboxKeys.OUTBOXES.name(),
          OutboxConfig::text,
          EgressKeys.EGRESSES.name(),
          EgressForm::text);

  private final Path path;
  private final CollectedValues target;
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private FileSource(Path path, CollectedValues target) {
    this.path = path;
    this.target = target;
  }

  static void read(Path path, CollectedValues target) {
    new FileSource(path, target).read();
  }

  private void read() {
    try (YAMLParser parser = new YAMLFactory().createParser(Files.readString(path))) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        group(parser, "");
        if (parser.nextToken() != null) {
          int line = parser.currentTokenLocation().getLineNr();
          target.problem(
              ValueOrigin.file(path, line),
              "",
              "must be a single YAML document, without a --- line");
        }
      } else if (first != null) {
        target.problem(ValueOrigin.file(path), "", "must have lines such as port: 8087");
      }
    } catch (JsonProcessingException e) {
      YamlProblem problem = YamlProblem.of(e);
      ValueOrigin place =
          problem.line() == 0 ? ValueOrigin.file(path) : ValueOrigin.file(path, problem.line());
      target.problem(place, "", "not valid YAML: " + problem.text());
    } catch (CharacterCodingException e) {
      target.problem(ValueOrigin.file(path), "", "must be UTF-8");
    } catch (IOException e) {
      target.problem(ValueOrigin.file(path), "", "cannot be read: " + Causes.inWords(e));
    }
  }

  private void group(YAMLParser parser, String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = prefix + parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT && name.equals(LogKeys.LEVELS.name())) {
        levels(parser, name, line);
      } else if (value == JsonToken.START_OBJECT) {
        group(parser, name + ".");
      } else {
        value(parser, name, line);
      }
    }
  }

  private void value(YAMLParser parser, String name, int line) throws IOException {
    List<String> texts = new ArrayList<>();
    boolean readable = true;
    boolean isList = parser.currentToken() == JsonToken.START_ARRAY;
    if (isList) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        Function<Map<String, String>, String> writer = OBJECTS.get(name);
        if (parser.currentToken() == JsonToken.START_OBJECT && writer != null) {
          Map<String, String> fields = new LinkedHashMap<>();
          readable &= object(parser, fields);
          texts.add(writer.apply(fields));
        } else {
          readable &= isText(parser);
          texts.add(parser.getText());
          parser.skipChildren();
        }
      }
    } else {
      readable = isText(parser);
      texts.add(parser.getText());
    }
    add(new GivenValue(name, texts, isList, ValueOrigin.file(path, line)), line, readable);
  }

  /** Reads loggers with their levels; the dots in their names do not separate groups. */
  private void levels(YAMLParser parser, String name, int line) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    boolean readable = object(parser, fields);
    List<String> texts = LogConfig.texts(fields);
    add(new GivenValue(name, texts, true, ValueOrigin.file(path, line)), line, readable);
  }

  private void add(GivenValue given, int line, boolean readable) {
    Integer earlier = lines.putIfAbsent(given.name(), line);
    if (earlier != null) {
      target.problem(given.origin(), given.name(), "is duplicated; first given on line " + earlier);
    } else if (readable) {
      target.add(given);
    } else {
      target.problem(
          given.origin(),
          given.name(),
          "must have a value, or a list of values; aliases such as *name are not supported");
    }
  }

  /** Reads an object whose fields are strings or lists of strings; returns whether it is one. */
  private static boolean object(YAMLParser parser, Map<String, String> target) throws IOException {
    boolean readable = true;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      List<String> texts = new ArrayList<>();
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          readable &= isText(parser);
          texts.add(parser.getText());
          parser.skipChildren();
        }
      } else {
        readable &= isText(parser);
        texts.add(parser.getText());
        parser.skipChildren();
      }
      readable &= target.put(field, String.join(",", texts)) == null;
    }
    return readable;
  }

  /** Rejects aliases: the parser would return the alias name as the value. */
  private static boolean isText(YAMLParser parser) {
    return parser.currentToken().isScalarValue()
        && parser.currentToken() != JsonToken.VALUE_NULL
        && !parser.isCurrentAlias();
  }
}
