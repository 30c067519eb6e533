package dev.hookferry.app.server;

import dev.hookferry.app.Main;
import dev.hookferry.app.cli.OnFailingDisk;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own. */
final class ServerChild implements AutoCloseable {
  private static final Duration MAX_TIME = Duration.ofMinutes(5);

  /** One for all, since each starts threads and many are asked for every start. */
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;
  private final int port;

  private ServerChild(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Runs a server on a store; it may call loopback. */
  static ServerChild serve(Path folder, String store, String... more) {
    int port = freePort();
    return run(folder, port, serving(port, store, more));
  }

  /** Runs the server of a runnable jar on a store; it may call loopback. */
  static ServerChild serveJar(Path jar, Path folder, String store, String... more) {
    int port = freePort();
    return runJar(jar, folder, port, serving(port, store, more));
  }

  private static List<String> serving(int port, String store, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("serve", "--port", "" + port, "--store", store, "--allow-network=127.0.0.0/8"));
    args.add("--allow-http");
    args.addAll(List.of(more));
    return args;
  }

  /** Runs any command of a runnable jar. */
  static ServerChild runJar(Path jar, Path folder, int port, List<String> args) {
    List<String> java = List.of("-jar", jar.toAbsolutePath().toString());
    return run(java, folder, port, admin(ServerFixture.KEY), args);
  }

  /** Runs any command. */
  static ServerChild run(Path folder, int port, List<String> args) {
    return run(folder, port, ServerFixture.KEY, args);
  }

  /** Runs any command with another admin key, or an empty one. */
  static ServerChild run(Path folder, int port, String adminKey, List<String> args) {
    return run(ours(Main.class), folder, port, admin(adminKey), args);
  }

  /** Runs any command with options for the JVM. */
  static ServerChild run(Path folder, int port, List<String> options, List<String> args) {
    List<String> java = new ArrayList<>(options);
    java.addAll(ours(Main.class));
    return run(java, folder, port, admin(ServerFixture.KEY), args);
  }

  /** Runs a server in memory whose JVM writes the classes that it loads to a file. */
  static ServerChild loggingClasses(Path folder, Path log, String... more) {
    int port = freePort();
    List<String> java =
        List.of("-Xlog:class+load:file=" + log, "-cp", classPath(), Main.class.getName());
    return run(java, folder, port, admin(ServerFixture.KEY), serving(port, "memory", more));
  }

  /** Runs a server whose disk fails when there is a file. */
  static ServerChild onFailingDisk(Path folder, Path store, Path fault) {
    int port = freePort();
    List<String> args = List.of("" + port, store.toString(), fault.toString());
    return run(ours(OnFailingDisk.class), folder, port, admin(ServerFixture.KEY), args);
  }

  /** Runs any command with these variables, and none of ours beside them. */
  static ServerChild run(
      Path folder, int port, Map<String, String> environment, List<String> args) {
    return run(ours(Main.class), folder, port, environment, args);
  }

  /** Arguments of {@code java} for a class of these tests or of what they test. */
  private static List<String> ours(Class<?> main) {
    List<String> arguments = new ArrayList<>(SharedClasses.arguments());
    arguments.add(main.getName());
    return arguments;
  }

  private static Map<String, String> admin(String key) {
    return Map.of("HOOKFERRY_ADMIN_KEY", key);
  }

  private static ServerChild run(
      List<String> java,
      Path folder,
      int port,
      Map<String, String> environment,
      List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
    if (java.stream().noneMatch(option -> option.endsWith("GC"))) {
      command.add("-XX:+UseSerialGC");
    }
    command.addAll(java);
    command.addAll(args);
    try {
      Path log = Files.createTempFile(folder, "child", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("HOOKFERRY_"));
      builder.environment().putAll(environment);
      return new ServerChild(builder.start(), log, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Surefire hides the real one behind a jar that only names it. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ServerChild awaitReady() {
    Poll.until(
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("ended with " + process.exitValue() + ": " + log());
          }
          return status("/readyz") == 200;
        });
    return this;
  }

  /** The status of a GET, or 0 if nothing answers. */
  int status(String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(address().resolve(path)).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Response to a GET. */
  String body(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address().resolve(path)).build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }

  ApiClient client() {
    return new ApiClient(address(), ServerFixture.KEY);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Any signal, such as {@code STOP}. */
  void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill -" + name + " " + process.pid() + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL, and the wait for its end. */
  void kill() {
    process.destroyForcibly();
    int unused = exitCode();
  }

  int exitCode() {
    try {
      if (!process.waitFor(MAX_TIME.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running: " + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
