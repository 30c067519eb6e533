package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call that a page of the manual explains, as a line below a heading names it: {@code `GET
 * …/endpoints`, `GET …/endpoints/{id}` · scope `read`}.
 *
 * @param call method and path, the names of its parameters empty
 * @param page the page
 * @param heading the heading above the line
 */
record CallLine(String call, Path page, String heading) {
  private static final Pattern LINE =
      Pattern.compile("^(?:\\| )?(`(?:GET|POST|PUT|PATCH|DELETE)\\b[^|]*)");
  private static final Pattern CODE =
      Pattern.compile("`(GET|POST|PUT|PATCH|DELETE)?(?: ?([/…][^` ]*))?`");
  private static final Pattern ELLIPSIS = Pattern.compile("`…` stands for `([^`]+)`");

  /** Returns what an ellipsis stands for on a page; empty if it says nothing. */
  static String ellipsis(String text) {
    Matcher found = ELLIPSIS.matcher(text);
    return found.find() ? found.group(1) : "";
  }

  static String call(String method, String path) {
    return method + " " + path.replaceAll("\\{\\w+}", "{}");
  }

  /**
   * Returns the calls that a page explains.
   *
   * @param known all calls there are; a line may only name these
   */
  static List<CallLine> of(Path page, Set<String> known) {
    List<CallLine> lines = new ArrayList<>();
    String whole = JavaBlock.read(page);
    List<String> text = whole.replaceAll("(?ms)^```.*?^```$", "").lines().toList();
    String heading = "";
    for (String line : text) {
      Matcher calls = LINE.matcher(line);
      if (line.startsWith("#")) {
        heading = line.replaceFirst("^#+ ", "");
      } else if (calls.find()) {
        for (String call : calls(calls.group(1), ellipsis(whole), known)) {
          lines.add(new CallLine(call, page, heading));
        }
      }
    }
    return lines;
  }

  /** Reads a line: a method goes with the next path, or else with the one before. */
  private static List<String> calls(String line, String ellipsis, Set<String> known) {
    List<String> calls = new ArrayList<>();
    List<String> methods = new ArrayList<>();
    boolean used = true;
    String path = "";
    Matcher code = CODE.matcher(line);
    while (code.find()) {
      String method = code.group(1);
      if (method != null) {
        if (used) {
          methods.clear();
        }
        methods.add(method);
        used = false;
      }
      if (code.group(2) != null) {
        String written = code.group(2);
        path =
            prefixes(path, ellipsis)
                .map(prefix -> prefix + written.replaceFirst("^…", ""))
                .filter(whole -> known.contains(call(methods.get(0), whole)))
                .findFirst()
                .orElse(written);
        add(calls, methods, path);
        used = true;
      }
    }
    if (!used && !path.isEmpty()) {
      add(calls, methods, path);
    }
    assertThat(calls).filteredOn(call -> !known.contains(call)).as("in: %s", line).isEmpty();
    return calls;
  }

  private static void add(List<String> calls, List<String> methods, String path) {
    methods.forEach(method -> calls.add(call(method, path)));
  }

  /** An ellipsis stands for the prefix of the page, or for that of the path before. */
  private static Stream<String> prefixes(String before, String ellipsis) {
    Stream<String> above =
        Stream.iterate(before, path -> !path.isEmpty(), path -> path.replaceFirst("/?[^/]*$", ""));
    return Stream.concat(Stream.of("", ellipsis), above);
  }

  /** Returns a link to the explanation. */
  String link(String words) {
    String anchor =
        heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
    return "[%s](%s#%s)".formatted(words, page, anchor);
  }
}
