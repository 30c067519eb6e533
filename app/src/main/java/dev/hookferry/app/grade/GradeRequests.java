package dev.hookferry.app.grade;

import dev.hookferry.event.Payload;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.IdSource;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.StandardSignature;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.SignedRequest.Header;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Factory of requests signed as Hookferry signs them, and of altered copies. Thread-safe. */
final class GradeRequests {
  private final GradeTarget target;
  private final IdSource ids;

  GradeRequests(GradeTarget target, IdSource ids) {
    this.target = target;
    this.ids = ids;
  }

  /**
   * An event on its way to the receiver.
   *
   * @param attempt the number of the attempt, from 1
   */
  record GradedMessage(EventId id, EventType type, Payload body, int attempt) {
    GradedMessage onAttempt(int number) {
      return new GradedMessage(id, type, body, number);
    }
  }

  /** Returns an event with a new id, on its first attempt. */
  GradedMessage message(EventType type, Payload body, Instant now) {
    return new GradedMessage(EventId.of(ids.next(now)), type, body, 1);
  }

  /** Returns a request with the signatures of these secrets. */
  SignedRequest signed(GradedMessage message, Instant sentAt, GradeSecrets secrets) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", "application/json"));
    headers.add(new Header("User-Agent", target.userAgent()));
    headers.add(new Header(StandardSignature.ID_HEADER, message.id().value()));
    headers.add(timestamp(sentAt));
    String qlm = secrets.qlm();
    if (qlm != null) {
      headers.add(new Header(QlmSignature.HEADER, QlmSignature.of(message.body(), qlm)));
    }
    if (!secrets.standard().isEmpty()) {
      String signatures =
          StandardSignature.of(message.id(), sentAt, message.body(), secrets.standard());
      headers.add(new Header(StandardSignature.HEADER, signatures));
    }
    headers.add(new Header("Hookferry-Event-Type", message.type().name()));
    headers.add(new Header("Hookferry-Delivery", new DeliveryId(ids.next(sentAt)).toString()));
    headers.add(new Header("Hookferry-Attempt", Integer.toString(message.attempt())));
    target.headers().forEach((name, value) -> headers.add(new Header(name, value)));
    return new SignedRequest(target.url(), headers, message.body(), target.timeout());
  }

  /** Returns a copy with the given body and the old signatures. */
  static SignedRequest withBody(SignedRequest request, Payload body) {
    return new SignedRequest(request.url(), request.headers(), body, request.deadline());
  }

  /** Returns a copy with the given timestamp and the old signatures. */
  static SignedRequest withTimestamp(SignedRequest request, Instant time) {
    return new SignedRequest(
        request.url(),
        request.headers().stream()
            .map(h -> h.name().equals(StandardSignature.TIMESTAMP_HEADER) ? timestamp(time) : h)
            .toList(),
        request.body(),
        request.deadline());
  }

  private static Header timestamp(Instant time) {
    return new Header(StandardSignature.TIMESTAMP_HEADER, Long.toString(time.getEpochSecond()));
  }
}
