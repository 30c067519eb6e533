package dev.hookferry.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The starter's dependencies, and the metadata that IDEs complete properties from. */
class StarterJarTest {
  private static final Pattern BROUGHT =
      Pattern.compile(
          "<dependency><groupId>[^<]+</groupId><artifactId>([^<]+)</artifactId></dependency>");

  private static String read(String name) throws IOException {
    return new ClassPathResource(name).getContentAsString(StandardCharsets.UTF_8);
  }

  @Test
  void bringsOnlyOurOwnJars() throws IOException {
    String pom = Files.readString(Path.of("../starter/pom.xml"));
    String dependencies =
        pom.substring(pom.indexOf("</dependencyManagement>"), pom.indexOf("<build>"));
    assertThat(BROUGHT.matcher(dependencies).results().map((MatchResult found) -> found.group(1)))
        .containsExactly("hookferry-core", "hookferry-http-client", "hookferry-adapters-jdbc");
    assertThat(dependencies.split("<dependency>", -1).length - 1)
        .as("every other dependency is optional")
        .isEqualTo(3 + dependencies.split("<optional>true</optional>", -1).length - 1);
  }

  @Test
  void everyPropertyHasADescription() throws IOException {
    String metadata = read("META-INF/spring-configuration-metadata.json");
    long properties =
        Pattern.compile("\"name\": \"hookferry[.][a-z.-]+\",\\s+\"type\": \"java")
            .matcher(metadata)
            .results()
            .count();
    assertThat(properties).isGreaterThan(20);
    assertThat(metadata)
        .contains("hookferry.outbox.require-transaction", "hookferry.modulith.enabled");
    assertThat(Pattern.compile("\"description\": \".+\"").matcher(metadata).results().count())
        .isGreaterThanOrEqualTo(properties);
  }
}
