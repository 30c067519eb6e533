package dev.hookferry.app.cli.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.app.receiver.ReceiverReply;
import dev.hookferry.event.Payload;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureVerifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Prints and counts the requests of {@code hookferry listen}. Thread-safe. */
final class ArrivalPrinter {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final int ENOUGH = 503;
  private static final int MAX_BODY_LENGTH = 4_096;

  private final OutputOptions output;
  private final SignatureVerifier verifier;
  private final List<String> secrets;
  private final ListenBehaviour behaviour;
  private long missing;
  private int openReplies;
  private boolean trusted = true;

  ArrivalPrinter(
      OutputOptions output,
      InstantSource clock,
      List<String> secrets,
      long count,
      ListenBehaviour behaviour) {
    this.output = output;
    this.secrets = secrets;
    this.behaviour = behaviour;
    missing = count;
    verifier = new SignatureVerifier(clock, TOLERANCE);
    // Rejects an invalid secret before any request arrives.
    var unused = SignatureCheck.all(verifier, Payload.empty(), Map.of(), secrets);
  }

  /** Handles a request; responds with 503 without checking it once the count is reached. */
  synchronized ReceiverReply take(Received request) {
    if (missing == 0) {
      return ReceiverReply.of(ENOUGH);
    }
    List<SignatureCheck> checks =
        SignatureCheck.all(verifier, request.body(), request.headers(), secrets);
    boolean valid = SignatureCheck.isTrusted(checks);
    ReceiverReply reply = behaviour.to(request, valid);
    trusted &= valid;
    if (output.json()) {
      output.out().println(json(request, reply, checks));
    } else {
      show(request, reply, checks);
    }
    output.out().flush();
    missing--;
    notifyAll();
    if (reply.isNever()) {
      return reply;
    }
    openReplies++;
    return reply.whenEnded(this::replied);
  }

  private synchronized void replied() {
    openReplies--;
    notifyAll();
  }

  /**
   * Blocks until the requested count is received and responded to; returns whether all were
   * trusted.
   */
  synchronized boolean awaitAll() throws InterruptedException {
    while (missing > 0 || openReplies > 0) {
      wait();
    }
    return trusted;
  }

  private void show(Received request, ReceiverReply reply, List<SignatureCheck> checks) {
    String response = reply.isNever() ? "no response" : "responded " + reply.status();
    output.line(
        String.format(
            "%s  %s %s  %s  event %s  attempt %s  %d bytes  %s",
            time(request),
            request.method(),
            request.path(),
            request.type(),
            request.event(),
            request.attempt(),
            request.body().size(),
            response));
    checks.forEach(check -> output.line("  " + check.text()));
    output.line("  " + shown(request.body().text()));
  }

  private static String shown(String body) {
    return body.length() <= MAX_BODY_LENGTH
        ? body
        : body.substring(0, MAX_BODY_LENGTH) + "… (--json shows all)";
  }

  /** Truncates to milliseconds, like the log. */
  private static Instant time(Received request) {
    return request.at().truncatedTo(ChronoUnit.MILLIS);
  }

  private static ObjectNode json(
      Received request, ReceiverReply reply, List<SignatureCheck> checks) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("at", time(request).toString());
    line.put("method", request.method());
    line.put("path", request.path());
    ObjectNode headers = line.putObject("headers");
    request.headers().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(header -> headers.put(header.getKey(), header.getValue()));
    line.put("body", request.body().text());
    line.put("responded", reply.status());
    var list = line.putArray("signatures");
    checks.forEach(
        check ->
            list.addObject()
                .put("header", check.header())
                .put("valid", check.isValid())
                .put("why", check.why()));
    return line;
  }
}
