package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hookferry.Hookferry;
import dev.hookferry.access.Scope;
import dev.hookferry.http.HttpServer;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clients that openapi-generator makes of our document with its default options compile and work.
 * Runs with {@code -Pclients}, which brings the generator; TypeScript needs Node.js and npm.
 */
class GeneratedClientsTest {
  private static final Path GENERATOR =
      Path.of("target/openapi-generator-cli.jar").toAbsolutePath();
  private static final Path SOURCES = Path.of("src/test/clients").toAbsolutePath();
  private static final String REQUIRED = System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "");

  /** Kept if something fails. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path work;

  @BeforeAll
  static void generate() throws Exception {
    if (!Files.exists(GENERATOR)) {
      skip("clients", "generated clients are tested with -Pclients only");
    }
    Path document = work.resolve("openapi.json");
    try (var in = HttpServer.class.getResourceAsStream("api/openapi.json")) {
      Files.copy(in, document);
    }
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java(), "-Xmx512m", "-jar", GENERATOR.toString(), "batch"));
    command.add(config("typescript-fetch", "", work.resolve("typescript/client")));
    for (String library : List.of("okhttp-gson", "native", "restclient")) {
      command.add(config("java", library, work.resolve(library)));
    }
    run(work, command);
  }

  @ParameterizedTest
  @CsvSource({"okhttp-gson, OkHttp", "native, Native", "restclient, RestClient"})
  void java(String library, String prefix) throws Exception {
    Path classes = Files.createDirectories(work.resolve(library + "-classes"));
    compile(library, prefix, classes);
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader());
        Running server = new Running()) {
      loader
          .loadClass("org.openapitools.client." + prefix + "Scenario")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {server.url(), server.key()});
    } catch (InvocationTargetException e) {
      throw new AssertionError("the client of library " + library + " failed", e.getCause());
    }
  }

  /** The program of the manual's page. */
  @Test
  void theJavaExampleWorks() throws Exception {
    Path classes = Files.createDirectories(work.resolve("example-classes"));
    compile("native", "Native", classes);
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader());
        Running server = new Running()) {
      loader
          .loadClass("com.example.shop.PublishOrder")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {server.url(), server.key()});
      assertThat(server.deliveries()).isEqualTo(1);
    }
  }

  @Test
  void typescript() throws Exception {
    for (String tool : List.of("node", "npm")) {
      if (new ProcessBuilder("sh", "-c", "command -v " + tool).start().waitFor() != 0) {
        skip("node", tool + " is not installed: no generated TypeScript client is tested");
      }
    }
    Path project = work.resolve("typescript");
    for (String name :
        List.of("scenario.ts", "publish-order.ts", "package.json", "tsconfig.json")) {
      Files.copy(SOURCES.resolve("typescript").resolve(name), project.resolve(name));
    }
    run(project, List.of("npm", "install", "--no-audit", "--no-fund", "--loglevel=error"));
    run(project, List.of("node", "node_modules/typescript/bin/tsc", "-p", "."));
    try (Running server = new Running()) {
      run(project, List.of("node", "out/scenario.js", server.url(), server.key()));
    }
    try (Running server = new Running()) {
      run(project, List.of("node", "out/publish-order.js", server.url(), server.key()));
      assertThat(server.deliveries()).isEqualTo(1);
    }
  }

  private static void compile(String library, String prefix, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> sources = new ArrayList<>();
    sources.add(SOURCES.resolve("java/Scenario.java"));
    try (Stream<Path> own = Files.list(SOURCES.resolve(prefix.toLowerCase(Locale.ROOT)))) {
      own.forEach(sources::add);
    }
    try (Stream<Path> generated = Files.walk(work.resolve(library).resolve("src/main/java"))) {
      generated.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
    }
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<String> options = List.of("-d", classes.toString(), "-nowarn", "-proc:none");
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as("library %s: %s", library, complaints).isTrue();
    }
  }

  /** Writes what the generator is to do; only its output folder differs from its defaults. */
  private static String config(String generator, String library, Path output) throws IOException {
    String text =
        """
        {"generatorName": "%s", %s"inputSpec": "%s", "outputDir": "%s",
         "globalProperties": {"apiTests": "false", "modelTests": "false", "apiDocs": "false", "modelDocs": "false"}%s}
        """
            .formatted(
                generator,
                library.isEmpty() ? "" : "\"library\": \"" + library + "\", ",
                work.resolve("openapi.json"),
                output,
                // Node.js wants the endings of modules.
                library.isEmpty()
                    ? ", \"additionalProperties\": {\"importFileExtension\": \".js\"}"
                    : "");
    return Files.writeString(work.resolve(generator + library + ".json"), text).toString();
  }

  private static void run(Path folder, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", String.join(" ", command), output).isZero();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void skip(String what, String why) {
    String line = "SKIPPED: " + why;
    if (REQUIRED.contains(what)) {
      fail(line);
    }
    System.out.println(line);
    abort(line);
  }

  /** A server whose only receiver answers 500. */
  private static final class Running implements AutoCloseable {
    private final Hookferry hookferry;
    private final HttpServer server;

    Running() {
      MetricsListener metrics = new MetricsListener();
      InstantSource clock = InstantSource.system();
      MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
      ScriptedTransport transport =
          new ScriptedTransport().responding("https://crm.example/hook", 500);
      hookferry =
          Hookferry.builder(store, transport)
              .secrets(Secrets.inTheClear())
              .listener(metrics)
              .build()
              .start();
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      server = HttpServer.start(hookferry, metrics, HttpServerOptions.on(any));
    }

    String url() {
      return "http://127.0.0.1:" + server.address().getPort();
    }

    String key() {
      return hookferry.webhooks().keys().create("client", Set.of(Scope.ADMIN), null).text();
    }

    /** Returns how many deliveries there are, whatever became of them. */
    int deliveries() {
      return hookferry
          .webhooks()
          .deliveries()
          .list(DeliveryQuery.ofSite(SiteId.DEFAULT))
          .data()
          .size();
    }

    @Override
    public void close() {
      server.close();
      hookferry.close();
    }
  }
}
