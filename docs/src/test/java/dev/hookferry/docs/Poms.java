package dev.hookferry.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The poms of the build. */
final class Poms {
  static final String ROOT = JavaBlock.read(Path.of("../pom.xml"));

  private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");

  /** Its own id, with or without a parent before it. */
  private static final Pattern OWN_ID =
      Pattern.compile("^  <artifactId>([\\w-]+)</artifactId>", Pattern.MULTILINE);

  private Poms() {}

  /** Returns the folders of all modules, also of those in profiles. */
  static List<String> modules() {
    return MODULE.matcher(ROOT).results().map(module -> module.group(1)).toList();
  }

  /** Returns the folders of the modules that are for Maven Central. */
  static List<String> published() {
    return modules().stream()
        .filter(module -> !of(module).contains("<maven.deploy.skip>true</maven.deploy.skip>"))
        .toList();
  }

  static String of(String module) {
    return JavaBlock.read(Path.of("..", module, "pom.xml"));
  }

  static String idOf(String module) {
    return OWN_ID.matcher(of(module)).results().findFirst().orElseThrow().group(1);
  }
}
