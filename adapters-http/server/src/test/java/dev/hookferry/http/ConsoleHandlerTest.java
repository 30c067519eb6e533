package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.OverloadedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Downloads of a page that cannot begin. */
class ConsoleHandlerTest {
  private static String text(HttpReply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  @Test
  void aConflictIsOne() {
    HttpReply reply = ConsoleHandler.notSent(new ConflictException("a newer version has written"));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(text(reply)).isEqualTo("a newer version has written");
  }

  @Test
  void anOverloadSaysWhenToRetry() {
    HttpReply reply = ConsoleHandler.notSent(OverloadedException.soon("too many downloads"));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsEntry("Retry-After", "1");
    assertThat(text(reply)).isEqualTo("too many downloads");
  }

  @Test
  void anUnexpectedFailureIsNotShown() {
    for (Throwable why :
        new Throwable[] {new NullPointerException(), new IllegalStateException("secret")}) {
      HttpReply reply = ConsoleHandler.notSent(why);
      assertThat(reply.status()).isEqualTo(503);
      assertThat(text(reply)).isEqualTo("try again in a moment");
    }
  }
}
