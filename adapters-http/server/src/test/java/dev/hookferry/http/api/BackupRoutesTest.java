package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.http.RawClient;
import dev.hookferry.http.Served;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.archive.ArchiveSource;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.StoreTransfer;
import dev.hookferry.store.transfer.TransferHistory;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRoutesTest {
  private final Served served = new Served();

  @TempDir Path folder;

  @AfterEach
  void close() {
    served.close();
  }

  private HttpResponse<Path> download(String query) throws IOException, InterruptedException {
    HttpRequest request =
        served
            .request("/api/v1/backup" + query)
            .header("Authorization", "Bearer " + served.admin)
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofFile(folder.resolve("backup.hfa")));
  }

  @Test
  void sendsTheWholeStore() throws Exception {
    for (int i = 0; i < 300; i++) {
      String data = "{\"text\":\"" + "x".repeat(1_000) + i + "\"}";
      served.post(
          Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":" + data + "}");
    }
    HttpResponse<Path> response = download("");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/gzip");
    assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
        .matches("attachment; filename=\"hookferry-[-0-9a-f]+\\.hfa\"");

    MemoryStore restored = new MemoryStore(() -> Instant.EPOCH, Duration.ofMinutes(5));
    try (ArchiveSource source = ArchiveSource.open(response.body())) {
      RecordCounts counts =
          new StoreTransfer(source, restored.transferTarget()).start(TransferHistory.ALL);
      assertThat(counts.events()).isEqualTo(300);
    }
    assertThat(served.get("/api/v1/audit?limit=1").json().at("/data/0/action").asText())
        .isEqualTo("backup.taken");
  }

  @Test
  void headTakesNoBackup() {
    RawClient client = new RawClient(served);
    client.write(
        "HEAD /api/v1/backup HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + served.admin
            + "\r\n\r\n");
    assertThat(client.readUntil("\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("Content-Type: application/gzip\r\n");
    client.close();
    assertThat(served.get("/api/v1/audit?action=backup.taken").json().path("data")).isEmpty();
  }

  @Test
  void refusesUnknownParametersAndUnauthorizedKeys() throws Exception {
    assertThat(served.get("/api/v1/backup?history=some").status()).isEqualTo(400);
    assertThat(served.get("/api/v1/backup?histori=all").status()).isEqualTo(400);
    String reader = "Bearer " + served.key(null, Scope.READ);
    assertThat(
            served
                .send("GET", "/api/v1/backup", null, r -> r.setHeader("Authorization", reader))
                .status())
        .isEqualTo(403);
    assertThat(download("?history=none").statusCode()).isEqualTo(200);
    assertThat(download("?history=2026-01-01T00:00:00Z").statusCode()).isEqualTo(200);
  }
}
