package dev.hookferry.app.bench.load;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prepares processes that run with this process's Java and class path. */
final class JvmProcess {
  private JvmProcess() {}

  /**
   * Returns a builder for a process with the garbage collector of this one. The process inherits
   * none of Hookferry's environment variables.
   *
   * @param folder its working folder, also for its log
   * @param main the name of the main class
   */
  static ProcessBuilder of(Path folder, List<String> options, String main, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(collector(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main));
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HOOKFERRY_"));
    File log =
        File.createTempFile(
            main.substring(main.lastIndexOf('.') + 1) + "-", ".log", folder.toFile());
    return builder.redirectError(ProcessBuilder.Redirect.to(log));
  }

  /** Returns the garbage collector flags of this process. */
  static List<String> collector(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.matches("-XX:\\+Use[A-Za-z0-9]*GC"))
        .toList();
  }

  /** Returns absolute paths: processes run elsewhere. Surefire hides the class path in a jar. */
  private static String classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(path.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
