package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * The runnable jar has what NOTICE says of it. Skipped before the jar was built, and after a build
 * without a network, which cannot make the list.
 */
class JarContentTest {
  private static final Path JAR = Path.of("../app/target/hookferry.jar");
  private static final Path CLIENT = Path.of("../adapters-http/client/target");
  private static final Path LIST_OF_BUILD = Path.of("../app/target/hookferry-sbom.json");
  private static final String CLIENT_JAR = "hookferry-http-client-";
  private static final String LIST = "META-INF/sbom/hookferry-sbom.json";

  /** Licences whose text is the same for everybody. */
  private static final Map<String, String> TEXTS =
      Map.of(
          "Apache-2.0", "META-INF/LICENSE",
          "LGPL-2.1-only", "META-INF/licenses/LGPL-2.1.txt",
          "LGPL-2.1-or-later", "META-INF/licenses/LGPL-2.1.txt",
          "MPL-2.0", "META-INF/licenses/MPL-2.0.txt");

  @Test
  void everyComponentHasItsLicenceText() throws IOException {
    assumeThat(JAR).exists();
    assumeThat(LIST_OF_BUILD).exists();
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      JsonNode components = components(jar);

      assertThat(components).hasSizeGreaterThan(40);
      for (JsonNode component : components) {
        assertThat(texts(jar, component)).as("licence texts of %s", component).isNotEmpty();
      }
    }
  }

  @Test
  void theClientContainsItsNettyUnderAnotherName() throws IOException {
    assumeThat(JAR).exists();
    try (Stream<Path> built = Files.list(CLIENT)) {
      Path client =
          built
              .filter(file -> file.getFileName().toString().startsWith(CLIENT_JAR))
              .findAny()
              .orElseThrow();
      try (ZipFile jar = new ZipFile(client.toFile())) {
        assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
            .hasSizeGreaterThan(1000)
            .allMatch(
                name -> name.matches("(dev/hookferry/http/client|hookferry/shaded/netty)/.*"));
      }
    }
  }

  @Test
  void theRunnableJarHasOneNettyWithoutLeakDetection() throws IOException {
    assumeThat(JAR).exists();
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .noneMatch(name -> name.startsWith("io/netty/"));
      ZipEntry transport = jar.getEntry("dev/hookferry/http/client/HttpTransport.class");
      try (InputStream in = jar.getInputStream(transport)) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
            .contains("hookferry.shaded.netty.leakDetection.level");
      }
    }
  }

  private static JsonNode components(ZipFile jar) throws IOException {
    ZipEntry entry = jar.getEntry(LIST);
    assertThat(entry).as(LIST).isNotNull();
    try (InputStream in = jar.getInputStream(entry)) {
      return new ObjectMapper().readTree(in).get("components");
    }
  }

  private static List<String> texts(ZipFile jar, JsonNode component) {
    List<String> texts = new ArrayList<>();
    String own =
        String.format(
            "META-INF/licenses/%s-%s-jar/LICENSE",
            component.get("name").asText(), component.get("version").asText());
    jar.stream().map(ZipEntry::getName).filter(name -> name.startsWith(own)).forEach(texts::add);
    for (JsonNode choice : component.get("licenses")) {
      JsonNode licence = choice.path("license");
      String text = TEXTS.get(licence.path("id").asText());
      if (text != null && jar.getEntry(text) != null) {
        texts.add(text);
      }
      if (licence.path("name").asText().equals("Public Domain")) {
        texts.add("none needed");
      }
    }
    return texts;
  }

  @Test
  void noticeNamesTheBundledLibraries() throws IOException {
    assumeThat(JAR).exists();
    assumeThat(LIST_OF_BUILD).exists();
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      assertThat(JavaBlock.read(Path.of("../NOTICE"))).contains(LIST, "META-INF/licenses");
      assertThat(jar.getEntry("META-INF/NOTICE")).isNotNull();
      assertThat(components(jar).findValuesAsText("name"))
          .contains("logback-classic", "h2", "mariadb-java-client", "netty-common")
          .doesNotContain("junit-jupiter", "assertj-core");
    }
  }
}
