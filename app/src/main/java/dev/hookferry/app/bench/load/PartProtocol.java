package dev.hookferry.app.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The protocol between the bench and its processes: one JSON line per request and per reply. */
public final class PartProtocol {
  public static final ObjectMapper JSON = new ObjectMapper();

  private PartProtocol() {}

  /** Handles a request. */
  public interface RequestHandler {
    void handle(JsonNode request, ObjectNode reply) throws Exception;
  }

  /** Handles requests until the input ends. */
  public static void serve(InputStream in, PrintStream out, RequestHandler part)
      throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      ObjectNode reply = JSON.createObjectNode();
      try {
        part.handle(JSON.readTree(line), reply);
      } catch (Exception e) {
        reply.put("failure", e.toString());
      }
      out.println(reply);
      out.flush();
    }
  }
}
