package dev.hookferry.architecture;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages stay small enough to be looked over, and a simple name means one thing everywhere. */
class RoomsTest {
  private static final int LARGEST_ROOM = 25;
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Projects of their own, with names from other domains. */
  private static final Path EXAMPLES = ROOT.resolve("docs/examples");

  /** A declaration that is indented, as the formatter leaves it. */
  private static final Pattern NESTED =
      Pattern.compile(
          "(?m)^ +(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed) )*"
              + "(?:class|interface|enum|record|@interface) (\\w+)");

  @Test
  void packagesAreSmall() throws IOException {
    List<Path> files = sources("main");
    assertThat(files).hasSizeGreaterThan(500);
    assertThat(crowded(files)).isEmpty();
  }

  @Test
  void simpleNamesOccurOnce() throws IOException {
    assertThat(repeated(sources("main", "test"))).isEmpty();
  }

  /** Within its file, and wherever it is imported, it would be taken for the top-level type. */
  @Test
  void nestedTypesHideNoTopLevelType() throws IOException {
    Map<Path, String> texts = new TreeMap<>();
    for (Path file : sources("main")) {
      if (!file.startsWith(EXAMPLES)) {
        texts.put(file, Files.readString(file));
      }
    }
    assertThat(texts).hasSizeGreaterThan(500);
    assertThat(hiding(texts)).isEmpty();
  }

  @Test
  void allChecksFindWhatTheyLookFor() {
    List<Path> many =
        Stream.iterate(0, i -> i <= LARGEST_ROOM, i -> i + 1)
            .map(i -> Path.of("a/src/main/java/room/C" + i + ".java"))
            .toList();
    assertThat(crowded(many)).containsOnlyKeys(Path.of("a/src/main/java/room"));
    assertThat(
            repeated(List.of(Path.of("a/One.java"), Path.of("b/One.java"), Path.of("b/Two.java"))))
        .containsOnlyKeys("One.java");
    Map<Path, String> texts =
        Map.of(
            Path.of("a/One.java"),
            "public class One {\n  /** A class Two of. */\n  public static final class Two {\n",
            Path.of("b/Two.java"),
            "record Two() {\n  record Three() {}\n  private enum One {}\n",
            Path.of("c/Four.java"),
            "interface Four {\n  interface Three {}\n");
    assertThat(hiding(texts)).containsExactly("a/One.java: Two", "b/Two.java: One");
  }

  /** Returns the nested types that have the simple name of a file. */
  private static List<String> hiding(Map<Path, String> texts) {
    Set<String> names =
        texts.keySet().stream().map(RoomsTest::simpleName).collect(Collectors.toSet());
    return texts.entrySet().stream()
        .flatMap(
            file ->
                NESTED
                    .matcher(file.getValue())
                    .results()
                    .map(type -> type.group(1))
                    .filter(names::contains)
                    .map(name -> file.getKey() + ": " + name))
        .sorted()
        .toList();
  }

  private static String simpleName(Path file) {
    return file.getFileName().toString().replaceFirst("\\.java$", "");
  }

  private static Map<Path, Long> crowded(Collection<Path> files) {
    Map<Path, Long> sizes =
        new TreeMap<>(files.stream().collect(groupingBy(Path::getParent, counting())));
    sizes.values().removeIf(size -> size <= LARGEST_ROOM);
    return sizes;
  }

  private static Map<String, List<Path>> repeated(Collection<Path> files) {
    Map<String, List<Path>> byName =
        new TreeMap<>(files.stream().collect(groupingBy(file -> file.getFileName().toString())));
    byName.values().removeIf(same -> same.size() == 1);
    return byName;
  }

  /** The source files of all modules, without the descriptions of packages and modules. */
  private static List<Path> sources(String... kinds) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(file -> isSource(ROOT.relativize(file).toString(), kinds)).toList();
    }
  }

  private static boolean isSource(String file, String... kinds) {
    return file.endsWith(".java")
        && !file.endsWith("-info.java")
        && Stream.of(kinds).anyMatch(kind -> file.contains("src/" + kind + "/java/"));
  }
}
