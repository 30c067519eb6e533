package dev.hookferry.app.server;

import dev.hookferry.app.receiver.Received;
import dev.hookferry.app.receiver.Receiver;
import dev.hookferry.app.receiver.ReceiverReply;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** A real receiver that records everything; each path responds as scripted, otherwise with 200. */
final class Inbox implements AutoCloseable {

  private final List<Received> all = new ArrayList<>();
  private final Map<String, IntFunction<ReceiverReply>> scripts = new ConcurrentHashMap<>();
  private final Receiver receiver;

  Inbox() {
    try {
      receiver =
          Receiver.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              InstantSource.system(),
              this::take);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says how a path answers its n-th request. */
  void responding(String path, IntFunction<Integer> status) {
    scripts.put(path, n -> ReceiverReply.of(status.apply(n)));
  }

  /** Says what a path answers its n-th request. */
  void replying(String path, IntFunction<ReceiverReply> reply) {
    scripts.put(path, reply);
  }

  String url(String path) {
    return receiver.address() + path;
  }

  synchronized List<Received> at(String path) {
    return all.stream().filter(r -> r.path().equals(path)).toList();
  }

  synchronized List<Received> all() {
    return List.copyOf(all);
  }

  List<Received> await(String path, int count) {
    Poll.until(() -> at(path).size() >= count);
    return at(path);
  }

  private synchronized ReceiverReply take(Received request) {
    all.add(request);
    return scripts
        .getOrDefault(request.path(), n -> ReceiverReply.of(200))
        .apply(at(request.path()).size());
  }

  @Override
  public void close() {
    receiver.close();
  }
}
