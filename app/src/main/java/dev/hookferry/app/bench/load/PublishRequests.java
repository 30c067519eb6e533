package dev.hookferry.app.bench.load;

import dev.hookferry.app.bench.wire.EventMark;
import dev.hookferry.app.bench.wire.RequestShape;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Builder of publish requests that writes the bytes once and then changes only digits in them. Not
 * thread-safe.
 */
public final class PublishRequests {
  private static final String PATH = "POST /api/v1/sites/";

  private final ProducerTask task;
  private final byte[] bytes;
  private final List<Place> places = new ArrayList<>();

  /** The offsets of an event's type, ordering key and mark. */
  private record Place(int type, int key, int mark) {
    Place shifted(int by) {
      return new Place(type + by, key + by, mark + by);
    }
  }

  public PublishRequests(ProducerTask task) {
    this.task = task;
    StringBuilder body = new StringBuilder();
    List<Place> within = new ArrayList<>();
    for (int i = 0; i < task.shape().batch(); i++) {
      body.append(i == 0 ? "" : ",");
      within.add(event(body));
    }
    String written = task.shape().batch() == 1 ? body.toString() : "[" + body + "]";
    String head = head(written.length());
    int shift = head.length() + (task.shape().batch() == 1 ? 0 : 1);
    within.forEach(place -> places.add(place.shifted(shift)));
    bytes = (head + written).getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the data of an event whose mark has only zeros. */
  public static String data(RequestShape shape) {
    String members = shape.members().isEmpty() ? "" : shape.members() + ",";
    String start = EventMark.start() + "0".repeat(EventMark.LENGTH) + "\"," + members;
    String end = "\"fill\":\"";
    int filled = shape.size() - start.length() - end.length() - 2;
    return start + end + "x".repeat(Math.max(0, filled)) + "\"}";
  }

  /** Returns the next request; the array is reused for the following one. */
  public byte[] next(int first, long sentMicros) {
    SubscriptionScheme scheme = task.scheme();
    int endpoint = scheme.endpointOf(first);
    put(PATH.length(), scheme.site(endpoint));
    for (int i = 0; i < places.size(); i++) {
      put(places.get(i).type(), scheme.type(scheme.endpointOf(first + i)));
      if (scheme.keys() > 0) {
        put(places.get(i).key(), scheme.key(first + i));
      }
      new EventMark(task.run(), first + i, sentMicros).write(bytes, places.get(i).mark());
    }
    return bytes;
  }

  private Place event(StringBuilder body) {
    body.append("{\"type\":\"");
    int type = body.length();
    body.append(task.scheme().type(0));
    int key = body.length();
    if (task.scheme().keys() > 0) {
      body.append("\",\"orderingKey\":\"");
      key = body.length();
      body.append(task.scheme().key(0));
    }
    body.append("\",\"data\":");
    int mark = body.length() + EventMark.start().length();
    body.append(data(task.shape())).append('}');
    return new Place(type, key, mark);
  }

  private String head(int length) {
    return PATH
        + task.scheme().site(0)
        + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
        + task.key()
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private void put(int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      bytes[at + i] = (byte) text.charAt(i);
    }
  }
}
