package dev.hookferry.app.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.Running;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ListenCommandTest {
  @Test
  void theLastAnswerIsWrittenBeforeItEnds() throws Exception {
    try (Running listening = Running.start("listen", "--port=0", "--count=1", "--delay=300ms")) {
      URI address = URI.create(listening.await("http://\\S+"));

      HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("answered 200\n");
      assertThat(listening.code().get()).isZero();
    }
  }

  @Test
  void oneThatHangsEndsWhenAllAreHere() throws Exception {
    try (Running listening = Running.start("listen", "--port=0", "--count=1", "--hang")) {
      URI address = URI.create(listening.await("http://\\S+"));

      HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
      var answer = HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString());

      assertThat(listening.code().get()).isZero();
      assertThat(answer).failsWithin(Duration.ofMinutes(2));
      assertThat(listening.out()).contains("no response");
    }
  }
}
