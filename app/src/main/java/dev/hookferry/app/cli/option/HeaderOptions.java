package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.NamedFile;
import dev.hookferry.endpoint.HeaderRules;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for custom request headers, such as a gateway's API key. */
public final class HeaderOptions {
  private static final String OPTION = "--header";

  @Option(
      names = OPTION,
      paramLabel = "NAME:VALUE",
      description = "A custom header of every request; repeatable.")
  private List<String> headers = List.of();

  @Option(
      names = "--headers",
      paramLabel = "FILE",
      description = "A file with custom headers, one per line; keeps values off the command line.")
  private @Nullable Path file;

  /**
   * Returns the values by name, in the given order; empty if there are none.
   *
   * @throws InvalidException if a header is malformed, is given twice, or may not be a custom
   *     header of an endpoint
   */
  public Map<String, String> all() {
    List<String> lines = lines(headers, file);
    Problems problems = new Problems();
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        problems.add(OPTION, rule(line));
        continue;
      }
      String name = line.substring(0, colon).strip();
      String earlier = values.put(name, line.substring(colon + 1).strip());
      problems.require(earlier == null, OPTION + "." + name, "is given twice");
    }
    HeaderRules.check(problems, OPTION, values);
    problems.throwIfAny();
    return values;
  }

  private static List<String> lines(List<String> headers, @Nullable Path file) {
    List<String> lines = new ArrayList<>(headers);
    if (file != null) {
      String text = new String(NamedFile.read("--headers", file), StandardCharsets.UTF_8);
      text.lines().filter(line -> !line.isBlank()).forEach(lines::add);
    }
    return lines;
  }

  /**
   * Adds the headers of an endpoint to a request body; does nothing if both sources are null.
   *
   * @throws InvalidException with every header that is malformed
   */
  static void write(@Nullable List<String> headers, @Nullable Path file, ObjectNode body) {
    if (headers == null && file == null) {
      return;
    }
    ObjectNode object = body.putObject("headers");
    Problems problems = new Problems();
    for (String line : lines(headers == null ? List.of() : headers, file)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        problems.add(OPTION, rule(line));
      } else {
        object.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    problems.throwIfAny();
  }

  /** Returns the error for a malformed header, with only its name: the value may be secret. */
  static String rule(String header) {
    String name = header.split("[\\s=:]", 2)[0];
    String rest = name.length() == header.length() ? "" : header.charAt(name.length()) + "…";
    return "must be like X-Tenant: 7 (got " + name + rest + ")";
  }
}
