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
public final class PartDialogue {
  public static final ObjectMapper JSON = new ObjectMapper();

  private PartDialogue() {}

  /** Handles a request. */
  public interface Answering {
    void answer(JsonNode asked, ObjectNode into) throws Exception;
  }

  /** Handles requests until the input ends. */
  public static void serve(InputStream in, PrintStream out, Answering part) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      ObjectNode answer = JSON.createObjectNode();
      try {
        part.answer(JSON.readTree(line), answer);
      } catch (Exception e) {
        answer.put("failure", e.toString());
      }
      out.println(answer);
      out.flush();
    }
  }
}
