package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Svix's official SDKs work against our server, and so does the example of the manual. Runs with
 * {@code -Pclients}, which brings the one for Java; those for JavaScript need Node.js and npm.
 */
class SvixSdkTest {
  private static final Path SOURCES = Path.of("src/test/clients/svix").toAbsolutePath();
  private static final String REQUIRED = System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "");

  private ManualServer server;

  /** Kept if something fails. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @BeforeEach
  void start() {
    if (SvixSdkTest.class.getClassLoader().getResource("com/svix/Svix.class") == null) {
      skip("clients", "Svix's SDKs are tested with -Pclients only");
    }
    server = ManualServer.inMemory(folder);
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void java() throws Exception {
    String scenario = SOURCES.resolve("SvixScenario.java").toString();
    String program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    assertThat(run(List.of(program, "-cp", path, scenario, server.address(), ManualServer.KEY)))
        .endsWith("all calls made\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.99.1", "2.5.0"})
  void javaScript(String version) throws Exception {
    install(version);
    Files.copy(SOURCES.resolve("scenario.mjs"), folder.resolve("scenario.mjs"));
    assertThat(run(List.of("node", "scenario.mjs", server.address(), ManualServer.KEY)))
        .endsWith("all calls made\n");
  }

  /** The commands of the manual and its example, on other ports. */
  @Test
  void theExampleOfTheManualWorks() throws Exception {
    needs("node", "npm");
    String page = Files.readString(Path.of("svix.md"));
    Terminals terminals = new Terminals(folder);
    String example = ManualPage.blocks("svix.md", "js").get(0);
    Files.writeString(folder.resolve("example.mjs"), terminals.withFreePorts(example));
    Terminals.Said said = terminals.follow(page, "invoice.paid");
    assertThat(said.commands()).containsPattern("(?m)^msg_\\w{27} whsec_\\S+$");
    assertThat(said.receiver()).contains("POST /hook  invoice.paid");
  }

  private void install(String version) throws Exception {
    needs("node", "npm");
    Files.writeString(folder.resolve("package.json"), "{\"private\":true}");
    List<String> install = new ArrayList<>(List.of("npm", "install", "svix@" + version));
    install.addAll(List.of("--no-audit", "--no-fund", "--loglevel=error"));
    var unused = run(install);
  }

  private static void needs(String... tools) throws Exception {
    for (String tool : tools) {
      if (new ProcessBuilder("sh", "-c", "command -v " + tool).start().waitFor() != 0) {
        skip("node", tool + " is not installed: Svix's SDK for JavaScript is not tested");
      }
    }
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    Path log = Files.createTempFile(folder, "output", ".txt");
    Process process = builder.redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    String output = Files.readString(log);
    assertThat(ended && process.waitFor() == 0)
        .as("%s%n%s", String.join(" ", command), output)
        .isTrue();
    return output;
  }

  private static void skip(String what, String why) {
    String line = "SKIPPED: " + why;
    if (REQUIRED.contains(what)) {
      fail(line);
    }
    System.out.println(line);
    abort(line);
  }
}
