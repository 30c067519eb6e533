package dev.hookferry.app.config.reading;

import java.util.List;

/**
 * A value as somebody wrote it.
 *
 * @param name the key's name as it was written or derived
 * @param texts one text; several for a list
 * @param origin where
 */
record GivenValue(String name, List<String> texts, ValueOrigin origin) {
  GivenValue {
    texts = List.copyOf(texts);
  }
}
