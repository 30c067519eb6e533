package dev.hookferry.app.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running {@link BenchPart}. It ends with its input, and therefore with this process. */
public final class PartProcess implements AutoCloseable {
  private final String role;
  private final Process process;
  private final BufferedReader in;
  private final BufferedWriter out;

  private PartProcess(String role, Process process) {
    this.role = role;
    this.process = process;
    in = process.inputReader(StandardCharsets.UTF_8);
    out = process.outputWriter(StandardCharsets.UTF_8);
  }

  public static PartProcess start(Path folder, String role, String heap) {
    return start(folder, BenchPart.class, role, heap);
  }

  /** Starts a process of another main class that speaks the same protocol. */
  public static PartProcess start(Path folder, Class<?> main, String role, String heap) {
    try {
      return new PartProcess(
          role,
          JvmProcess.of(folder, List.of("-Xmx" + heap), main.getName(), List.of(role)).start());
    } catch (IOException e) {
      throw new BenchException("cannot start the process of the " + role + ": " + e, e);
    }
  }

  /** Sends a request and waits for the reply. */
  public synchronized JsonNode ask(String what, ObjectNode with) {
    try {
      out.write(with.put("do", what).toString());
      out.newLine();
      out.flush();
      @Nullable String line = in.readLine();
      if (line == null) {
        throw new BenchException("the process of the " + role + " has ended");
      }
      JsonNode reply = PartProtocol.JSON.readTree(line);
      if (reply.has("failure")) {
        throw new BenchException("the " + role + ": " + reply.path("failure").asText());
      }
      return reply;
    } catch (IOException e) {
      throw new BenchException("the process of the " + role + " does not respond: " + e, e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
