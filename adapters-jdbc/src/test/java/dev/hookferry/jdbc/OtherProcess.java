package dev.hookferry.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.store.StoreException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Another process that tries to open a store, with a class path of its own. */
final class OtherProcess {
  private OtherProcess() {}

  /**
   * Opens and closes a store, and returns what the process printed: {@code opened}, or {@code
   * refused:} with the reason.
   *
   * @param classPath what comes before our own entries
   * @param entries which of our own entries it has
   */
  static String open(String url, SchemaMode mode, String classPath, Predicate<String> entries)
      throws IOException, InterruptedException {
    String ours =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entries)
            .collect(joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath + File.pathSeparator + ours,
                OtherProcess.class.getName(),
                url,
                mode.name())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return said;
  }

  public static void main(String[] args) {
    try {
      SchemaMode mode = SchemaMode.valueOf(args[1]);
      JdbcStore.open(JdbcStoreOptions.of(args[0]).withSchemaMode(mode)).close();
      System.out.println("opened");
    } catch (StoreException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }
}
