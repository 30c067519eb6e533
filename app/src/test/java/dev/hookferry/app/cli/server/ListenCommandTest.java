package dev.hookferry.app.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.RunningCommand;
import dev.hookferry.event.Payload;
import dev.hookferry.signing.QlmSignature;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListenCommandTest {
  @TempDir private Path folder;

  @Test
  void theLastAnswerIsWrittenBeforeItEnds() throws Exception {
    try (RunningCommand listening =
        RunningCommand.start("listen", "--port=0", "--count=1", "--delay=300ms")) {
      URI address = URI.create(listening.await("http://\\S+"));

      HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(2)).build();
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("responded with 200\n");
      assertThat(listening.code().get()).isZero();
    }
  }

  @Test
  void oneThatHangsEndsWhenAllAreHere() throws Exception {
    try (RunningCommand listening =
        RunningCommand.start("listen", "--port=0", "--count=1", "--hang")) {
      URI address = URI.create(listening.await("http://\\S+"));

      HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(2)).build();
      var answer = HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString());

      assertThat(listening.code().get()).isZero();
      assertThat(answer).failsWithin(Duration.ofMinutes(2));
      assertThat(listening.out()).contains("no response");
    }
  }

  @Test
  void aStrictOneRefusesWhatIsNotSigned() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cr3t");
    String[] args = {"listen", "--port=0", "--count=2", "--strict", "--secret-file=" + secret};
    try (RunningCommand listening = RunningCommand.start(args)) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(listening.await("http://\\S+")))
              .timeout(Duration.ofMinutes(2))
              .POST(HttpRequest.BodyPublishers.ofString("x".repeat(5_000)));
      HttpClient client = HttpClient.newHttpClient();

      var refused = client.send(request.build(), BodyHandlers.ofString());
      String signature = QlmSignature.of(Payload.of("x".repeat(5_000)), "s3cr3t");
      var accepted =
          client.send(
              request.header("X-QLM-Signature", signature).build(), BodyHandlers.ofString());

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(accepted.statusCode()).isEqualTo(200);
      assertThat(listening.code().get()).isEqualTo(1);
      assertThat(listening.out())
          .contains("x… (--json shows all)")
          .doesNotContain("x".repeat(5_000));
    }
  }
}
