package dev.hookferry.app.bench.load;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts processes from the same Java and the same classes as this one. */
final class JvmProcess {
  private JvmProcess() {}

  /**
   * Starts one with the collector of this process; it gets no setting of ours from the environment
   * but these.
   *
   * @param folder where it runs and where its log goes
   * @param main name of the class with the main method
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

  /** Which collector a process was told to use. */
  static List<String> collector(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.matches("-XX:\\+Use[A-Za-z0-9]*GC"))
        .toList();
  }

  /** Absolute, since the processes run elsewhere; Surefire hides the real one behind a jar. */
  private static String classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(path.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
