package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The BOM lists what is published, and nothing that would change the versions of others. */
class BomTest {
  private static final Pattern ARTIFACT =
      Pattern.compile("</parent>\\s*<artifactId>(hookferry-[\\w-]+)</artifactId>");

  private static final Pattern MANAGED =
      Pattern.compile(
          "<dependency><groupId>dev\\.hookferry</groupId><artifactId>([\\w-]+)</artifactId>"
              + "<version>\\$\\{project\\.version}</version></dependency>");
  private static final Pattern DEPENDENCY = Pattern.compile("<dependency>.*</dependency>");
  private static final String BOM = Poms.of("core/bom");

  /** The manual is not an artifact, nor are the packages of the server. */
  private static final Set<String> NO_ARTIFACTS = Set.of("hookferry-docs", "hookferry-dist");

  @Test
  void hasEveryArtifactOfTheBuild() {
    List<String> built =
        Poms.modules().stream()
            .map(Poms::of)
            .map(ARTIFACT::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .filter(artifact -> !NO_ARTIFACTS.contains(artifact))
            .toList();

    assertThat(built).contains("hookferry-core", "hookferry-http-client");
    assertThat(MANAGED.matcher(BOM).results())
        .extracting((MatchResult managed) -> managed.group(1))
        .containsExactlyInAnyOrderElementsOf(built);
  }

  @Test
  void hasOnlyThoseArtifactsAndTheVersionOfTheBuild() {
    assertThat(BOM).doesNotContain("<parent>");
    assertThat(MANAGED.matcher(BOM).results().count())
        .isEqualTo(BOM.split("<dependency>", -1).length - 1);
    assertThat(version(BOM)).isEqualTo(version(Poms.ROOT));
  }

  /** Examples and modules that only test are not published. */
  @Test
  void deploysExactlyTheBomAndItsArtifacts() {
    List<String> deployed = Poms.published().stream().map(Poms::idOf).toList();

    assertThat(deployed).contains("hookferry-bom", "hookferry-core");
    assertThat(deployed)
        .filteredOn(artifact -> !artifact.equals("hookferry-bom"))
        .containsExactlyInAnyOrderElementsOf(
            MANAGED.matcher(BOM).results().map(managed -> managed.group(1)).toList());
  }

  private static String version(String pom) {
    Matcher version = Pattern.compile("<version>(.+?)</version>").matcher(pom);
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  /** Whoever adds a dependency that reaches users changes this list, and the manual. */
  @Test
  void artifactsBringWhatTheManualSays() {
    assertThat(brought("core")).isEmpty();
    assertThat(brought("core/json-schema"))
        .containsExactly("hookferry-core", "json-schema", "re2j");
    assertThat(brought("adapters-http/client")).containsExactly("hookferry-core");
    assertThat(brought("adapters-file")).containsExactly("hookferry-core", "jackson-core");
    assertThat(brought("adapters-jdbc"))
        .containsExactly("hookferry-core", "HikariCP", "jdbi3-core");
  }

  /** Returns what an application gets with an artifact: neither for tests nor optional. */
  private static List<String> brought(String module) {
    return DEPENDENCY
        .matcher(Poms.of(module))
        .results()
        .map(MatchResult::group)
        .filter(dependency -> !dependency.matches(".*<(scope>(test|provided)|optional>true)<.*"))
        .map(dependency -> dependency.replaceFirst(".*<artifactId>(.+?)</artifactId>.*", "$1"))
        .toList();
  }
}
