package dev.hookferry.app.config.reading;

import java.util.List;

/**
 * A value as given in a source.
 *
 * @param name the key's name as written or derived
 * @param texts one text; several for a list
 * @param origin where the value was given
 */
record GivenValue(String name, List<String> texts, ValueOrigin origin) {
  GivenValue {
    texts = List.copyOf(texts);
  }
}
