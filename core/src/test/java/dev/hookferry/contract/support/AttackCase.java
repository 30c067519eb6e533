package dev.hookferry.contract.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of {@code outbound-attacks.tsv}, or of the files beside it, which are ours.
 *
 * @param kind which table it belongs to
 * @param input what the attacker supplies
 * @param expected what must come of it
 * @param why what it is about
 */
public record AttackCase(String kind, String input, String expected, String why) {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");

  /** The lines of one table; there is at least one. */
  public static Stream<AttackCase> ofKind(String kind) {
    return rows(
            AttackCase.class,
            "outbound-attacks.tsv",
            "outbound-variations.tsv",
            "outbound-derived.tsv")
        .filter(line -> line.startsWith(kind + "\t"))
        .map(line -> line.split("\t", -1))
        .map(part -> new AttackCase(part[0], unescape(part[1]), part[2], part[3]));
  }

  /**
   * The lines of tables beside a class, without comments.
   *
   * @param beside has the files in its package
   */
  public static Stream<String> rows(Class<?> beside, String... files) {
    return Stream.of(files)
        .flatMap(file -> lines(beside, file).stream())
        .filter(line -> !line.startsWith("#"));
  }

  private static List<String> lines(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in, file), StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Undoes one level of the escapes of a JSON string. */
  public static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            match -> {
              String escape = match.group(1);
              char c =
                  switch (escape.charAt(0)) {
                    case 'r' -> '\r';
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'u' -> (char) Integer.parseInt(escape.substring(1), 16);
                    default -> escape.charAt(0);
                  };
              return Matcher.quoteReplacement(String.valueOf(c));
            });
  }

  @Override
  public String toString() {
    return kind + " " + (input.length() > 80 ? input.substring(0, 80) + "…" : input) + " " + why;
  }
}
