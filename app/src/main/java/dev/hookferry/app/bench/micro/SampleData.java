package dev.hookferry.app.bench.micro;

import dev.hookferry.event.Payload;

/** Event data with a key, a list of items, text fields, and a number at the end. */
final class SampleData {
  private SampleData() {}

  /** Returns data of about this many bytes, half of which is the list. */
  static Payload of(int size) {
    StringBuilder data = new StringBuilder("{\"ActivationKey\":\"K-7\",\"Items\":[");
    while (data.length() < size / 2) {
      data.append("{\"Sku\":\"a-").append(data.length()).append("\",\"Quantity\":1.10},");
    }
    data.append("{}]");
    while (data.length() < size - 30) {
      data.append(",\"Field").append(data.length()).append("\":\"some text\"");
    }
    return Payload.of(data.append(",\"Last\":1}").toString());
  }
}
