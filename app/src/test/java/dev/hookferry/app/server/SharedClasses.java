package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An archive of the classes that a server loads, which child processes map into memory. Without it
 * each of them reads and verifies thousands of classes: more than half of the CPU time of a start.
 * The first test process to need the archive creates it; the others wait, then use the same one.
 */
final class SharedClasses {
  private static final Path FOLDER = Path.of("target", "shared-classes").toAbsolutePath();
  private static final Path ARCHIVE = FOLDER.resolve("classes.jsa");

  /** The JVM and the class path that the archive was made with and of. */
  private static final Path SOURCE = FOLDER.resolve("made-of");

  private static final SharedClasses INSTANCE = create();

  private final String classPath;

  private SharedClasses(String classPath) {
    this.classPath = classPath;
  }

  /**
   * Returns the arguments of {@code java} that put everything on the class path of the tests onto
   * that of a child.
   */
  static List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (Files.exists(ARCHIVE)) {
      arguments.add("-XX:SharedArchiveFile=" + ARCHIVE);
      arguments.add("-Xshare:auto");
      // A JVM that cannot use the archive says so, and starts without it.
      arguments.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
    }
    arguments.addAll(List.of("-cp", INSTANCE.classPath));
    return arguments;
  }

  private static SharedClasses create() {
    String classPath = ServerChild.classPath();
    List<Path> entries = Stream.of(classPath.split(File.pathSeparator, -1)).map(Path::of).toList();
    String given = System.getProperty("java.vm.version") + '\n' + classPath;
    try {
      Files.createDirectories(FOLDER);
      try (FileChannel channel =
              FileChannel.open(
                  FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        assertThat(lock.isValid()).isTrue();
        SharedClasses shared = new SharedClasses(ofJars(entries));
        if (!isCurrent(given, entries)) {
          shared.write(entries);
          Files.writeString(SOURCE, given);
        }
        return shared;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JVM archives classes of jars only, so folders of classes become jars. */
  private static String ofJars(List<Path> entries) {
    List<String> jars = new ArrayList<>();
    for (Path entry : entries) {
      jars.add((Files.isDirectory(entry) ? jarOf(entries, entry) : entry).toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  private static Path jarOf(List<Path> entries, Path folder) {
    return FOLDER.resolve(entries.indexOf(folder) + ".jar");
  }

  private static boolean isCurrent(String given, List<Path> entries) throws IOException {
    if (!Files.exists(SOURCE) || !Files.readString(SOURCE).equals(given)) {
      return false;
    }
    long made = Files.getLastModifiedTime(SOURCE).toMillis();
    for (Path entry : entries) {
      try (Stream<Path> all = Files.exists(entry) ? Files.walk(entry) : Stream.empty()) {
        if (all.anyMatch(file -> file.toFile().lastModified() >= made)) {
          return false;
        }
      }
    }
    return true;
  }

  private void write(List<Path> entries) throws IOException {
    Files.deleteIfExists(SOURCE);
    Files.deleteIfExists(ARCHIVE);
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        writeJar(entry, jarOf(entries, entry));
      }
    }
    Path store = Files.createTempDirectory(FOLDER, "store");
    Process server = train(store);
    try (BufferedReader log = server.inputReader(StandardCharsets.UTF_8)) {
      String line = log.readLine();
      while (line != null && !line.contains(" ready ")) {
        line = log.readLine();
      }
      // Also if it did not start: the tests tell why, and their servers need no archive.
      // By its handle, which leaves the pipe open: the server must not wait for room there.
      server.toHandle().destroy();
      while (line != null) {
        line = log.readLine();
      }
      assertThat(server.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      server.destroyForcibly();
    }
  }

  private Process train(Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:ArchiveClassesAtExit=" + ARCHIVE,
                "-cp",
                classPath,
                Main.class.getName(),
                "serve",
                "--port=0",
                "--store=file:" + folder.resolve("store"))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("HOOKFERRY_"));
    builder.environment().put("HOOKFERRY_ADMIN_KEY", ServerFixture.KEY);
    return builder.start();
  }

  private static void writeJar(Path folder, Path jar) throws IOException {
    try (Stream<Path> all = Files.walk(folder);
        ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Path file : all.sorted(Comparator.naturalOrder()).toList()) {
        if (Files.isDirectory(file)) {
          // Flyway lists the scripts of a folder, which works only if the jar has an entry for it.
          addFolder(zip, folder.relativize(file) + "/");
          continue;
        }
        byte[] content = Files.readAllBytes(file);
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(folder.relativize(file).toString());
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
  }

  private static void addFolder(ZipOutputStream zip, String name) throws IOException {
    if (!name.equals("/")) {
      ZipEntry entry = new ZipEntry(name);
      entry.setSize(0);
      entry.setCrc(0);
      zip.putNextEntry(entry);
      zip.closeEntry();
    }
  }
}
