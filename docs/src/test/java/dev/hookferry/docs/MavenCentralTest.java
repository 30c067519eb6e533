package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Maven Central asks for is in the poms. Only a release runs the profile. */
class MavenCentralTest {
  private static final Pattern PARENT =
      Pattern.compile("<parent>\\s*<groupId>dev\\.hookferry</groupId>");

  @Test
  void modulesHaveTheAddressesOfTheParentWithoutTheirNames() {
    assertThat(Poms.ROOT)
        .contains(
            "child.project.url.inherit.append.path=\"false\"",
            "child.scm.url.inherit.append.path=\"false\"",
            "child.scm.connection.inherit.append.path=\"false\"",
            "child.scm.developerConnection.inherit.append.path=\"false\"");
  }

  /** The plugin that uploads does not read the property of the one that it replaces. */
  @Test
  void undeployedArtifactsAreNotUploaded() {
    assertThat(Poms.ROOT)
        .contains(
            "<maven.deploy.skip>false</maven.deploy.skip>",
            "<skipPublishing>${maven.deploy.skip}</skipPublishing>");
    assertThat(Poms.published()).contains("core/bom").doesNotContain("docs", "app/dist");
  }

  /** A module without our parent has no profile to be signed and uploaded but its own. */
  @Test
  void everythingElseIsSignedAndUploaded() {
    List<String> alone =
        Poms.published().stream()
            .filter(module -> !PARENT.matcher(Poms.of(module)).find())
            .toList();

    assertThat(alone).containsExactly("core/bom");
    for (String plugin : List.of("maven-gpg-plugin", "central-publishing-maven-plugin")) {
      assertThat(version("core/bom", Poms.of("core/bom"), plugin))
          .isEqualTo(version("the root", Poms.ROOT, plugin));
    }
  }

  private static String version(String where, String pom, String plugin) {
    Matcher version =
        Pattern.compile("<artifactId>" + plugin + "</artifactId><version>(.+?)</version>")
            .matcher(pom);
    assertThat(version.find()).as("%s in the pom of %s", plugin, where).isTrue();
    return version.group(1);
  }

  /** Neither plugin makes an archive of its own accord where there is no class. */
  @Test
  void everyJarHasSourcesAndJavadoc() {
    assertThat(Poms.ROOT).contains("<forceCreation>true</forceCreation>");
    List<String> without =
        Poms.published().stream()
            .filter(module -> !Poms.of(module).contains("<packaging>pom</packaging>"))
            .filter(module -> !Files.exists(Path.of("..", module, "src/main/java")))
            .toList();

    assertThat(without).containsExactly("core/contract-tests");
    assertThat(Poms.of("core/contract-tests")).contains("<classifier>javadoc</classifier>");
  }

  @Test
  void theRunnableJarHasTheCoordinatesOfTheManual() {
    assertThat(Poms.ROOT).contains("<shadedClassifierName>runnable</shadedClassifierName>");
    assertThat(Poms.idOf("app")).isEqualTo("hookferry-app");
    assertThat(JavaBlock.read(Path.of("install.md")))
        .contains("dev.hookferry:hookferry-app:VERSION:jar:runnable");
  }
}
