package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report that the page on imports shows is what the command prints. */
class ImportExampleTest {
  private static final String APP = "/api/v1/app/app_1/endpoint";

  /** Responses of a Svix with one application and two endpoints. */
  private static final Map<String, String> SVIX =
      Map.of(
          "/api/v1/event-type?limit=250&include_archived=true&with_content=true",
          "{'data':[{'name':'invoice.paid','description':'Paid'}],'iterator':'x','done':true}",
          "/api/v1/app?limit=250",
          "{'data':[{'id':'app_1','uid':'acme','name':'Acme'}],'iterator':'app_1','done':true}",
          APP + "?limit=250",
          "{'data':[{'id':'ep_1','uid':'crm','url':'https://127.0.0.1/crm'},"
              + "{'id':'ep_2','url':'https://127.0.0.1/erp'}],'iterator':'ep_2','done':true}",
          APP + "/ep_1/secret",
          "{'key':'whsec_YWNtZS1jcm0tc2Vjb25kLW1hZGUtdXAtMjRi'}",
          APP + "/ep_2/secret",
          "{'key':'whsec_YWNtZS1jcm0tc2Vjb25kLW1hZGUtdXAtMjRi'}",
          APP + "/ep_1/headers",
          "{'headers':{'X-Team':'blue'},'sensitive':['Authorization']}",
          APP + "/ep_2/headers",
          "{'headers':{},'sensitive':[]}");

  private HttpServer svix;
  private ManualServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    svix =
        ManualServer.receiver(
            exchange -> {
              String text = SVIX.getOrDefault(exchange.getRequestURI().toString(), "{}");
              byte[] body = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
              exchange.close();
            });
    server = ManualServer.onFiles(folder);
  }

  @AfterEach
  void close() {
    server.close();
    svix.stop(0);
  }

  @Test
  void theReportIsWhatTheCommandPrints() throws IOException {
    String page = Files.readString(Path.of("import.md"));
    String command = "$ hookferry import svix --from https://api.eu.svix.com --dry-run\n";
    String shown = page.substring(page.indexOf(command) + command.length());
    shown = shown.substring(0, shown.indexOf("```"));
    assertThat(printed("--dry-run")).isEqualTo(shown);
    assertThat(printed()).startsWith("import from svix\nsites: 1 created\n");
  }

  private String printed(String... options) {
    String from = "http://127.0.0.1:" + svix.getAddress().getPort();
    List<String> words = new ArrayList<>(List.of("import", "svix", "--from", from, "--token", "t"));
    words.addAll(List.of(options));
    ManualServer.Printed printed = server.run(words);
    assertThat(printed.code()).as(printed.err()).isZero();
    return printed.out().replace(System.lineSeparator(), "\n");
  }
}
